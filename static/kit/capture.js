/* The phone as scanner: shrink the photo (photos.js), let the corners of the paper be shown, send both. Written for old phones.
   Nothing is stored: the photo lives in the canvas until it is sent or the page is left. Without this the form sends the photo as it is. */
(function () {
  'use strict';
  var form = document.querySelector('[data-capture]');
  if (!form || !window.photos || !window.fetch) return;
  var STEP = 0.01, EDGE = 0.05;
  var one = function (name) { return form.querySelector('[data-' + name + ']'); };
  var file = form.querySelector('input[type=file]'), canvas = one('picture'), stage = one('stage'), lines = one('lines');
  var buttons = [].slice.call(form.querySelectorAll('[data-corner]'));
  var corners = [], chosen = 0, held = null, ready = false, sending = false;

  function limit(n) { return Math.max(0, Math.min(1, n)); }
  function say(words) { var p = one('problem'); p.textContent = words; p.hidden = !words; }
  function start() { corners = [[EDGE, EDGE], [1 - EDGE, EDGE], [1 - EDGE, 1 - EDGE], [EDGE, 1 - EDGE]]; chosen = 0; place(); }
  function place() {
    buttons.forEach(function (b, i) {
      b.style.left = corners[i][0] * 100 + '%';
      b.style.top = corners[i][1] * 100 + '%';
      b.classList.toggle('is-chosen', i === chosen);
    });
    lines.setAttribute('points', corners.map(function (c) { return c.join(','); }).join(' '));
  }
  function shift(x, y) { corners[chosen] = [limit(corners[chosen][0] + x * STEP), limit(corners[chosen][1] + y * STEP)]; place(); }
  function forget() { canvas.width = canvas.height = 0; file.value = ''; ready = false; }

  function show(image) {
    photos.draw(image, canvas);
    ready = true; say(''); start();
    one('edit').hidden = one('again').hidden = one('send').hidden = false;
    one('take').hidden = true;
    one('send').focus();
  }
  file.addEventListener('change', function () {
    if (!file.files.length) return;
    var url = URL.createObjectURL(file.files[0]), image = new Image();
    image.onload = function () { show(image); URL.revokeObjectURL(url); };
    image.onerror = function () { URL.revokeObjectURL(url); ready = false; one('edit').hidden = true; one('send').hidden = false; };
    image.src = url;
  });

  one('turn').addEventListener('click', function () {
    var before = document.createElement('canvas'), pen;
    before.width = canvas.width; before.height = canvas.height;
    before.getContext('2d').drawImage(canvas, 0, 0);
    canvas.width = before.height; canvas.height = before.width;
    pen = canvas.getContext('2d');
    pen.translate(canvas.width, 0); pen.rotate(Math.PI / 2); pen.drawImage(before, 0, 0);
    before.width = before.height = 0;
    corners = [corners[3], corners[0], corners[1], corners[2]].map(function (c) { return [1 - c[1], c[0]]; });
    place();
  });
  one('next').addEventListener('click', function () { chosen = (chosen + 1) % 4; place(); });
  [].forEach.call(form.querySelectorAll('[data-move]'), function (b) {
    b.addEventListener('click', function () { var by = b.dataset.move.split(' '); shift(+by[0], +by[1]); });
  });

  buttons.forEach(function (b, i) {
    b.addEventListener('focus', function () { chosen = i; place(); });
    b.addEventListener('pointerdown', function (e) { held = i; chosen = i; place(); b.setPointerCapture(e.pointerId); e.preventDefault(); });
    b.addEventListener('pointermove', function (e) {
      if (held !== i) return;
      var box = stage.getBoundingClientRect();
      corners[i] = [limit((e.clientX - box.left) / box.width), limit((e.clientY - box.top) / box.height)];
      place();
    });
    ['pointerup', 'pointercancel'].forEach(function (name) { b.addEventListener(name, function () { held = null; }); });
    b.addEventListener('keydown', function (e) {
      var by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key];
      if (by) { e.preventDefault(); shift(by[0], by[1]); }
    });
  });

  form.addEventListener('submit', function (e) {
    if (!ready) return;
    e.preventDefault();
    if (sending) return;
    sending = true; one('send').disabled = true;
    photos.bytes(canvas).then(function (blob) {
      var data = new FormData();
      data.append('photo', blob, 'photo.jpg');
      data.append('corners', corners.map(function (c) { return c[0].toFixed(4) + ',' + c[1].toFixed(4); }).join(' '));
      fetch(location.pathname, { method: 'POST', body: data, credentials: 'same-origin' })
        .then(function (answer) {
          if (answer.status !== 422 && answer.status !== 413) { forget(); location.replace(location.pathname); return null; }
          return answer.text().then(function (text) {
            var found = new DOMParser().parseFromString(text, 'text/html').querySelector('.error-msg span, [data-problem]:not([hidden])');
            say(found ? found.textContent.trim() : form.dataset.failed);
          });
        })
        .catch(function () { say(form.dataset.failed); })
        .then(function () { sending = false; one('send').disabled = false; });
    });
  });

  addEventListener('pagehide', forget);
  var earlier = one('plain').querySelector('.error-msg span');
  if (earlier) say(earlier.textContent);
  one('plain').classList.add('vh');
  one('take').hidden = false;
  one('send').hidden = true;
})();
