/* Photos made small on the device before they are sent: 1600 pixels on the longer side, 350 KB where that can be read.
   What is small already, a PDF, and what the browser cannot draw go as they are. Nothing is stored. Written for old phones. */
(function () {
  'use strict';
  if (!window.Promise || !window.FormData || !HTMLCanvasElement.prototype.toBlob) return;
  var LONGEST = 1600, MOST = 350000, QUALITIES = [0.85, 0.7, 0.55];

  function draw(image, canvas) {
    var scale = Math.min(1, LONGEST / Math.max(image.naturalWidth, image.naturalHeight)), pen;
    canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
    canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
    pen = canvas.getContext('2d');
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, canvas.width, canvas.height); // what is see-through would turn black
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  }
  function bytes(canvas) {
    return new Promise(function (done) {
      (function attempt(n) {
        canvas.toBlob(function (blob) {
          if (!blob || blob.size <= MOST || n + 1 === QUALITIES.length) done(blob);
          else attempt(n + 1);
        }, 'image/jpeg', QUALITIES[n]);
      })(0);
    });
  }
  function small(file) {
    if (!/^image\//.test(file.type) || file.size <= MOST) return Promise.resolve(file);
    return new Promise(function (done) {
      var url = URL.createObjectURL(file), image = new Image(), canvas = document.createElement('canvas');
      var end = function (sent) { URL.revokeObjectURL(url); canvas.width = canvas.height = 0; done(sent); };
      image.onload = function () {
        draw(image, canvas);
        bytes(canvas).then(function (blob) {
          end(blob && blob.size < file.size ? new File([blob], file.name.replace(/\.\w+$/, '') + '.jpg', { type: 'image/jpeg' }) : file);
        });
      };
      image.onerror = function () { end(file); };
      image.src = url;
    });
  }
  function inForm(form) {
    var out = new FormData(), all = Promise.resolve();
    new FormData(form).forEach(function (value, name) {
      all = all.then(function () { return value instanceof File ? small(value) : value; }).then(function (sent) { out.append(name, sent); });
    });
    return all.then(function () { return out; });
  }
  window.photos = { draw: draw, bytes: bytes, inForm: inForm };
})();
