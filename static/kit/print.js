/* A pack of papers is ready: open the print dialog, once. Browsers that show no PDF in a page have the button beside it. */
(function () {
  'use strict';
  function print() {
    var place = document.querySelector('[data-print]');
    if (!place || navigator.pdfViewerEnabled === false) return;
    var frame = document.createElement('iframe');
    frame.className = 'vh';
    frame.title = document.title;
    frame.onload = function () { try { frame.contentWindow.focus(); frame.contentWindow.print(); } catch (_) { /* the button is there */ } };
    frame.src = place.dataset.print;
    place.removeAttribute('data-print');
    document.body.appendChild(frame);
  }
  print();
  document.addEventListener('htmx:afterSettle', print);
})();
