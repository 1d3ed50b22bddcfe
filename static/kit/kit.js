/* Casework kit behaviour: no dependency, no inline code. Every page works without it; it adds keys, hints and guards. */
(() => {
  'use strict';
  const $ = (s, r = document) => r.querySelector(s);
  const $$ = (s, r = document) => [...r.querySelectorAll(s)];
  const body = document.body;
  const typing = el => el.closest && el.closest('input:not([type=checkbox]):not([type=radio]),textarea,select,[contenteditable]');

  /* ---- dialogs and menus ---- */
  const show = id => { const d = document.getElementById(id); if (d && !d.open) d.showModal(); };
  document.addEventListener('click', e => {
    $$('details.menu[open]').forEach(d => d.contains(e.target) || (d.open = false));
    const opener = e.target.closest('[data-open]');
    if (opener) { if (opener.nodeName === 'A') e.preventDefault(); const d = opener.closest('dialog'); if (d) d.close(); const m = opener.closest('details.menu'); if (m) m.open = false; show(opener.dataset.open); }
    const closer = e.target.closest('[data-close]');
    if (closer) closer.closest('dialog').close();
    if (e.target.closest('[data-hide-screen]')) cover();
    if (e.target.closest('[data-show-screen]')) uncover();
    if (e.target.nodeName === 'DIALOG' && e.target.id !== 'timeout') e.target.close();
  });

  /* ---- keys ---- */
  // A Thai or Burmese keyboard gives its own letters, so the place of the key counts when the letter is not Latin.
  const letter = e => /^[a-z]$/i.test(e.key) ? e.key.toLowerCase() : /^Key[A-Z]$/.test(e.code) && !/^[ -~]$/.test(e.key) ? e.code[3].toLowerCase() : e.key;
  let first = '', firstAt = 0, cursor = -1;
  const rows = () => $$('[data-rows] [data-row]');
  const go = (attribute, key) => { const a = $(`[${attribute}="${key}"]`); if (a) { a.click(); return true; } return false; };
  const move = step => {
    const all = rows(); if (!all.length) return;
    cursor = Math.max(0, Math.min(all.length - 1, cursor + step));
    all.forEach((r, i) => r.classList.toggle('is-cursor', i === cursor));
    const link = $('a', all[cursor]); if (link) link.focus({ preventScroll: true });
    all[cursor].scrollIntoView({ block: 'nearest' });
  };
  document.addEventListener('keydown', e => {
    if (e.key === 'Escape') { const d = $('details.menu[open]'); if (d) { d.open = false; $('summary', d).focus(); } }
    if (e.isComposing) return;
    if ((e.ctrlKey || e.metaKey) && e.key === 'Enter') {
      const f = (e.target.closest && e.target.closest('form')) || $('main form[data-save],main form[data-autosave],main form[data-guard]');
      if (f && !f.hasAttribute('data-language')) { e.preventDefault(); f.requestSubmit($('[data-primary],button.btn--primary', f) || undefined); }
      return;
    }
    if (e.altKey && !e.ctrlKey && e.code === 'KeyP') { const p = $('[data-park]'); if (p) { e.preventDefault(); p.click(); } return; }
    if (e.ctrlKey || e.metaKey || e.altKey || typing(e.target) || body.dataset.letters === 'off') return;
    const key = letter(e), opened = $('dialog[open]');
    if (e.shiftKey && key === 'h') { e.preventDefault(); cover(); return; }
    if (opened) { if (opened.id === 'new' && go('data-new', key)) e.preventDefault(); return; }
    if (Date.now() - firstAt < 1500 && first === 'g') { first = ''; if (go('data-go', key)) e.preventDefault(); return; }
    if (e.shiftKey && key !== '?') return;
    const all = rows(), row = all[cursor];
    if (key === 'g') { first = 'g'; firstAt = Date.now(); }
    else if (key === 'n') { if ($('#new')) { e.preventDefault(); show('new'); } }
    else if (key === '/') { const q = $('#q'); if (q) { e.preventDefault(); q.focus(); q.select(); } }
    else if (key === '?') { e.preventDefault(); show('keys'); }
    else if (key === 'j') move(1);
    else if (key === 'k') move(-1);
    else if (key === 'x' && row) { const c = $('input[type=checkbox]', row); if (c) c.click(); }
    else if ((key === 'e' || key === 's') && row) { const b = $(`[data-act="${key}"]`, row); if (b) b.click(); }
    else if (key === '[' || key === ']') { const a = $(key === '[' ? '[rel=prev]' : '[rel=next]'); if (a) a.click(); }
  });

  /* ---- rows chosen for one act: how many, and which ---- */
  document.addEventListener('change', e => {
    const form = e.target.name === 'case' && e.target.closest('[data-choose]'); if (!form) return;
    e.target.closest('[data-row]').classList.toggle('is-selected', e.target.checked);
    const told = $('[data-chosen]', form); if (told) told.textContent = `${told.dataset.chosen} ${$$('[name=case]:checked', form).length}`;
  });

  /* ---- the sticky bar of a form never covers what the keyboard goes to; under a pressed mouse nothing may move ---- */
  document.addEventListener('focusin', e => {
    const bar = $('.actionbar', e.target.closest('form') || undefined);
    if (!bar || bar.contains(e.target) || !e.target.matches(':focus-visible')) return;
    const under = e.target.getBoundingClientRect().bottom - bar.getBoundingClientRect().top + 12;
    if (under > 0 && getComputedStyle(bar).position === 'sticky') scrollBy(0, under);
  });

  /* ---- an error that goes, or an answer of the server, may move what is pressed away from under the mouse: it counts all the same ---- */
  let pressed = null;
  document.addEventListener('mousedown', e => { const button = e.button === 0 && e.target.closest('button,a[href]'); pressed = button && { button, x: e.clientX, y: e.clientY }; }, true);
  document.addEventListener('mouseup', e => {
    if (pressed && !pressed.button.contains(e.target) && Math.hypot(e.clientX - pressed.x, e.clientY - pressed.y) < 4) pressed.button.click();
    pressed = null;
  }, true);

  /* ---- dates in two calendars: the echo under the boxes ---- */
  const digits = text => text.replace(/[๐-๙]/g, c => c.charCodeAt(0) - 0x0e50).replace(/[၀-၉]/g, c => c.charCodeAt(0) - 0x1040).trim();
  const whole = text => /^\d+$/.test(text) ? +text : NaN;
  // A month is a number or one of the words the server reads, which stand after its name in data-months.
  const bare = text => text.normalize('NFC').toLowerCase().replace(/[.\s]/g, '');
  const monthOf = (text, months) => months.findIndex(([, ...words]) => words.includes(bare(text))) + 1 || whole(text);
  // A date of birth may be known by month or year only: then the words of the day, or of both, are left out.
  const UNKNOWN = { month: /^%d\s/, year: /^%d\s%m\s/ };
  const echo = (box, from) => {
    const out = $('[data-echo]', box); if (!out) return;
    const line = out.closest('.echo') || out;
    const part = name => { const el = $(`[data-p=${name}]`, box); return el ? digits(el.value) : ''; };
    const typed = part('y');
    const y = whole(typed), clear = typed.length === 4 && (y >= 2400 || (y >= 1900 && y < 2100));
    let words = '';
    // Common and Buddhist years never overlap, so a full year chooses its calendar by itself.
    if (clear && from && from.dataset.p === 'y') { const own = $(`[data-era][value=${y >= 2400 ? 'be' : 'ce'}]`, box); if (own) own.checked = true; }
    const era = ($('[data-era]:checked', box) || {}).value, known = ($('[name$=_precision]:checked', box) || {}).value;
    if (clear && (!era || (era === 'be') === (y >= 2400))) {
      const months = (box.dataset.months || '').split('|').map(all => all.split(','));
      const ce = y >= 2400 ? y - 543 : y, m = known === 'year' ? 1 : monthOf(part('m'), months), d = known in UNKNOWN ? 1 : whole(part('d'));
      const t = new Date(Date.UTC(ce, m - 1, d));
      if (ce >= 1900 && ce < 2100 && t.getUTCFullYear() === ce && t.getUTCMonth() === m - 1 && t.getUTCDate() === d) {
        words = (box.dataset.pattern || '').replace(UNKNOWN[known] || '', '').replace('%d', d).replace('%m', months[m - 1][0]).replace('%c', ce).replace('%b', ce + 543);
      }
    }
    out.textContent = words; line.classList.toggle('is-empty', !words);
  };
  const boxes = root => $$('[data-dateparts]', root).forEach(box => { if (!box.dataset.ready) { box.dataset.ready = '1'; box.addEventListener('input', e => echo(box, e.target)); } echo(box); });

  /* ---- parts that show only with an answer: data-shown-by="name=value value" ---- */
  const reveal = root => $$('[data-shown-by]', root).forEach(part => {
    const [name, values] = part.dataset.shownBy.split('='), form = part.closest('form') || document;
    const draw = () => {
      const asked = $$(`[name="${name}"]`, form);
      if (!asked.length) { part.hidden = false; return; } // answered on another page: the server left out what is not needed
      const set = asked.filter(i => i.type === 'radio' || i.type === 'checkbox' ? i.checked : true).map(i => i.value);
      part.hidden = !values.split(' ').some(v => set.includes(v)) && !('shownLowered' in part.dataset && isLowered(form));
    };
    if (!part.dataset.ready) { part.dataset.ready = '1'; form.addEventListener('change', draw); form.addEventListener('input', draw); }
    draw();
  });

  /* ---- an error whose box is hidden leads to the first one of its field that is shown ---- */
  document.addEventListener('click', e => {
    const link = e.target.closest('.error-summary a'), part = link && document.getElementById(link.hash.slice(1));
    const field = part && !part.offsetParent && part.closest('.field'), shown = field && $$('.input', field).find(i => i.offsetParent);
    if (shown) { e.preventDefault(); shown.focus(); }
  });

  /* ---- an answer that the server looks at while one types: what was refused before goes with a change of it ---- */
  document.addEventListener('change', e => {
    const field = e.target.closest('.field--error'), says = field && field.nextElementSibling; if (!says || !says.matches('.says')) return;
    $$('.error-summary li', field.closest('form')).forEach(line => { const link = $('a', line); if (link && field.contains(document.getElementById(link.hash.slice(1)))) line.classList.add('is-mended'); });
    $$('.error-summary', field.closest('form')).forEach(all => $('li:not(.is-mended)', all) || all.remove());
    $$('.error-msg', field).forEach(word => word.remove()); $$('[aria-invalid]', field).forEach(el => el.removeAttribute('aria-invalid'));
    field.classList.remove('field--error');
  });

  /* ---- amounts and counted notes in any digits: their total, what is left of each budget line, what the button does ---- */
  const amount = text => { const plain = digits(text).replace(/^(?:฿|thb)|(?:฿|thb|baht|บาท|ဘတ်|\.-)$/i, '').trim(); return /^(\d{1,3}(,\d{3})+|\d{0,15})(\.\d{1,2})?$/.test(plain) ? +plain.replace(/,/g, '') : NaN; };
  const isLowered = form => $$('[data-most]', form).some(box => (amount(box.value) || 0) < +box.dataset.most);
  const baht = n => isNaN(n) ? '–' : (n < 0 ? '−฿' : '฿') + Math.abs(n).toLocaleString('en-US', { minimumFractionDigits: n % 1 ? 2 : 0, maximumFractionDigits: 2 });
  const addsUp = root => $$('form[data-adds-up]', root).forEach(form => {
    const boxes = $$('[data-adds]', form), button = $('[data-decides]', form), neutral = button && button.textContent;
    const given = box => box.type === 'checkbox' ? +box.checked : amount(box.value);
    const sum = of => Math.round(of.reduce((all, box) => all + given(box) * (box.dataset.worth || 1), 0) * 100) / 100;
    const draw = () => {
      const total = $('[data-sum]', form), chosen = $('[name=act]:checked', form);
      if (boxes.length) {
        total.textContent = baht(sum(boxes)); total.parentElement.hidden = false;
        $$('[data-rest]', form).forEach(rest => { rest.textContent = baht(+rest.dataset.before - sum(boxes.filter(box => box.dataset.adds === rest.dataset.rest))); });
      }
      if (button && chosen) button.textContent = chosen.closest('label').textContent.trim() + (chosen.value === 'approve' ? ' ' + total.textContent.trim() : '');
      else if (button) button.textContent = neutral;
    };
    if (!form.dataset.added) { form.dataset.added = '1'; form.addEventListener('input', draw); form.addEventListener('change', draw); }
    draw();
  });

  /* ---- so many at the price of one: the amount follows while one types ---- */
  document.addEventListener('input', e => {
    const row = e.target.matches('[data-times]') && e.target.closest('fieldset'); if (!row) return;
    const parts = $$('[data-times]', row).map(box => box.value.trim() ? amount(box.value) : NaN);
    const product = Math.round(parts.reduce((all, part) => all * part, 1) * 100) / 100;
    if (!isNaN(product)) $('[data-product]', row).value = baht(product).slice(1);
  });

  /* ---- signed out in another tab: the typed text stays; whoever signs in again goes on here with a new token ---- */
  let renewing = null, told = false;
  const turnedAway = r => r.type === 'opaqueredirect' || r.status === 401 || r.status === 403;
  const tell = () => { const d = $('#signed-out'); if (d && !told && !$('dialog[open]')) { told = true; d.showModal(); } };
  const renew = () => renewing = renewing || fetch(body.dataset.alive, { credentials: 'same-origin', redirect: 'manual' })
    .then(r => { if (r.type === 'opaqueredirect') tell(); return r.status === 200 ? r.json() : {}; })
    .then(({ token }) => {
      if (!token) return false; // nobody, or somebody else, is signed in
      $$('[name=csrfmiddlewaretoken]').forEach(i => { i.value = token; });
      body.setAttribute('hx-headers', JSON.stringify({ 'X-CSRFToken': token }));
      const d = $('#signed-out'); if (d && d.open) d.close();
      told = false; return true;
    }).catch(() => false).finally(() => { renewing = null; });
  if (body.dataset.alive) {
    addEventListener('focus', () => { renew(); });
    document.addEventListener('htmx:responseError', e => { if (turnedAway(e.detail.xhr)) renew(); });
    document.addEventListener('submit', e => { // pressed in the moment of coming back: the new token first
      if (!renewing || !e.target.matches('[method=post]')) return;
      e.preventDefault(); e.stopImmediatePropagation();
      renewing.then(() => e.target.requestSubmit(e.submitter));
    }, true);
  }

  /* ---- drafts: saved when a field is left and every 15 seconds while something changed ---- */
  let leaving = false;
  const clock = () => new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  // A draft has an address of its own: whoever loads the page again or changes its language comes back to what is typed.
  const stayAt = url => { history.replaceState(history.state, '', url); $$('#language [name=next],#lock [name=next]').forEach(el => { el.value = url; }); };
  const autosave = form => {
    const state = $('[data-save-state]', form.parentElement) || $('[data-save-state]', form);
    let seen = snapshot(form), busy = null, again = false, renewed = false, stopped = false;
    const say = (kind, time) => { if (!state) return; state.dataset.state = kind; const words = $('[data-words]', state) || state; words.textContent = (state.dataset[kind] || '').replace('%t', time || ''); };
    const put = (name, value) => { const field = $(`[name=${name}]`, form); if (field && value) field.value = value; };
    const save = () => {
      if (busy) { again = true; return busy; }
      if (form.dataset.sent) return Promise.resolve(true); // what is sent is not kept beside it
      if (stopped) return Promise.resolve(false);
      const now = snapshot(form);
      if (now === seen) return Promise.resolve(true);
      say('saving');
      busy = fetch(form.dataset.autosave, { method: 'POST', body: new FormData(form), credentials: 'same-origin', redirect: 'manual', headers: { 'X-Autosave': '1', Accept: 'application/json' } })
        .then(r => { if (!r.ok) throw r; alive(); return r.status === 204 ? {} : r.json().catch(() => ({})); })
        .then(answer => { seen = now; renewed = false; put('version', answer.version); put('_draft', answer.id); if (answer.url && answer.url !== location.pathname + location.search) stayAt(answer.url); say('saved', answer.saved_at || clock()); return true; })
        .catch(async r => {
          if (r.status === 409) { stopped = true; say('conflict'); return false; } // changed elsewhere: a person decides
          say('failed'); if (!renewed && turnedAway(r)) { renewed = true; renew().then(ok => ok && save()); } return false;
        })
        .finally(() => { busy = null; if (again) { again = false; save(); } });
      return busy;
    };
    form.addEventListener('change', save);
    form.addEventListener('focusout', save);
    // What is being kept arrives before the form itself: else a draft would be left of what is sent. Never for long.
    const still = button => !button || button.form === form ? button : [...form.elements].find(b => b.type === 'submit' && b.name === button.name && b.value === button.value);
    const settled = () => busy ? busy.then(settled) : Promise.resolve();
    form.addEventListener('submit', e => {
      leaving = true;
      if (!busy || form.dataset.sending) return;
      e.preventDefault(); e.stopImmediatePropagation();
      Promise.race([settled(), new Promise(later => setTimeout(later, 3000))]).then(() => setTimeout(() => { form.dataset.sending = '1'; try { form.requestSubmit(still(e.submitter)); } finally { delete form.dataset.sending; } }));
    }, true);
    setInterval(save, 15000);
    addEventListener('online', save);
    document.addEventListener('visibilitychange', () => { if (document.hidden) save(); });
    form.flush = () => save().then(done => busy ? form.flush() : done); // what was typed meanwhile is on its way too
    form.isDirty = () => snapshot(form) !== seen;
  };
  const snapshot = form => { const parts = []; new FormData(form).forEach((v, k) => { if (!['csrfmiddlewaretoken', 'version', '_draft'].includes(k)) parts.push(k + '=' + (v.name !== undefined ? v.name + v.size : v)); }); return parts.join('&'); };
  const flush = () => Promise.all($$('form[data-autosave]').map(f => f.flush ? f.flush() : true));

  /* ---- leaving a form with typed text asks first, but only when something changed ---- */
  const guard = form => { const before = snapshot(form); form.isDirty = form.isDirty || (() => snapshot(form) !== before); form.addEventListener('submit', () => { leaving = true; }); };
  addEventListener('beforeunload', e => {
    if (leaving) return;
    if ($$('form[data-guard],form[data-autosave]').some(f => f.isDirty && f.isDirty())) { e.preventDefault(); e.returnValue = ''; }
  });
  addEventListener('pageshow', () => { leaving = false; });
  // A change of language stays on the page: a draft is saved first; other typed text goes along, is held sealed by the
  // server until the page comes back, and nothing of it stands on this machine. Never files, never passwords.
  // What a draft is stored as comes with the new page, and is not what was typed.
  const stored = el => el.form && el.form.dataset.autosave && ['version', '_draft'].includes(el.name);
  const unkept = el => ['file', 'password', 'submit', 'button'].includes(el.type) || ['', 'csrfmiddlewaretoken', 'idempotency_key'].includes(el.name) || stored(el);
  const typedIn = form => { const names = new Set([...form.elements].filter(el => !unkept(el)).map(el => el.name)); return [...new FormData(form)].filter(([name]) => names.has(name)); };
  const fill = (form, typed) => {
    const left = {}; typed.forEach(([name, value]) => (left[name] = left[name] || []).push(value));
    [...form.elements].filter(el => !unkept(el)).forEach(el => {
      const values = left[el.name] || [];
      if (el.type === 'radio' || el.type === 'checkbox') el.checked = values.includes(el.value);
      else if (el.multiple) [...el.options].forEach(o => { o.selected = values.includes(o.value); });
      else if (values.length) el.value = values.shift();
    });
  };
  const giveBack = () => {
    let all = []; try { all = JSON.parse(body.dataset.typed || '[]'); } catch (_) { /* not ours */ }
    delete body.dataset.typed;
    $$('form[data-guard]').forEach((f, i) => { if (all[i]) fill(f, all[i]); });
  };
  $$('form[data-language]').forEach(f => f.addEventListener('submit', e => {
    const forms = $$('form[data-guard]');
    if (idle && !f.dataset.flushed && forms.some(g => f.hasAttribute('data-refilled') || g.isDirty())) {
      const along = $('[name=typed]', f) || f.appendChild(Object.assign(document.createElement('input'), { type: 'hidden', name: 'typed' }));
      along.value = JSON.stringify(forms.map(typedIn));
      leaving = !forms.some(g => $$('input[type=file]', g).some(i => i.files.length));
    }
    if (f.dataset.flushed || !$('form[data-autosave]')) return;
    e.preventDefault();
    const button = e.submitter;
    // later: with nothing left to save this answers at once, and a form that is being sent cannot be sent again
    flush().then(done => { if (done.every(Boolean)) setTimeout(() => { f.dataset.flushed = '1'; f.requestSubmit(button); }); });
  }));

  /* ---- one press sends a form once ---- */
  document.addEventListener('submit', e => {
    const f = e.target; if (e.defaultPrevented || f.method !== 'post' || f.hasAttribute('hx-post')) return;
    if (f.dataset.sent) { e.preventDefault(); return; }
    f.dataset.sent = '1'; setTimeout(() => delete f.dataset.sent, 5000);
  });

  /* ---- files: dropped onto their field or pasted, and how much of them is sent ---- */
  const take = (input, files) => { if (files.length) { input.files = files; input.dispatchEvent(new Event('change', { bubbles: true })); } };
  document.addEventListener('paste', e => { const input = $('input[type=file][data-drop]'); if (input && !typing(e.target)) take(input, e.clipboardData.files); });
  const drops = root => $$('input[type=file][data-drop]', root).forEach(input => {
    if (input.dataset.ready) return; input.dataset.ready = '1';
    const zone = document.createElement('div'), words = document.createElement('div');
    zone.className = 'drop'; words.className = 'drop__words hide-sm'; words.textContent = input.dataset.drop;
    input.replaceWith(zone); zone.append(input, words);
    const over = on => e => { e.preventDefault(); zone.classList.toggle('is-over', on); };
    zone.addEventListener('dragover', over(true)); zone.addEventListener('dragleave', over(false));
    zone.addEventListener('drop', e => { over(false)(e); take(input, e.dataTransfer.files); });
  });
  const upload = form => {
    const box = $('[data-sending]', form), words = $('span', box), bar = $('progress', box), button = $('[data-primary]', form);
    const fail = text => { box.classList.add('is-failed'); words.textContent = text || box.dataset.failed; button.disabled = false; leaving = false; button.focus(); };
    form.addEventListener('submit', e => {
      if (!$$('input[type=file]', form).some(i => i.files.length)) return;
      e.preventDefault();
      const sent = new XMLHttpRequest();
      const say = part => { bar.value = part; words.textContent = box.dataset.words.replace('{n}', part); };
      box.hidden = false; box.classList.remove('is-failed'); button.disabled = true; say(0);
      sent.upload.onprogress = p => p.lengthComputable && say(Math.round(100 * p.loaded / p.total));
      sent.onerror = sent.ontimeout = () => fail();
      sent.onload = () => {
        let to = ''; try { to = JSON.parse(sent.responseText).to; } catch (_) { /* a page that says what is wrong */ }
        if (!to && sent.responseURL && new URL(sent.responseURL).pathname !== location.pathname) to = sent.responseURL; // signed out meanwhile
        if (to) { alive(); leaving = true; location.assign(to); return; }
        const page = new DOMParser().parseFromString(sent.responseText, 'text/html'), wrong = $$('.error-msg', page).map(m => m.textContent.trim());
        fail(sent.status === 422 ? [...new Set(wrong)].join(' ') : '');
      };
      sent.open('POST', location.href); sent.setRequestHeader('X-Progress', '1');
      (window.photos ? photos.inForm(form) : Promise.resolve(new FormData(form))).then(data => sent.send(data));
    });
  };

  /* ---- session: a warning two minutes before the end, in every tab ---- */
  const idle = +body.dataset.idle || 0, channel = 'BroadcastChannel' in window ? new BroadcastChannel('casework-session') : null;
  let last = Date.now();
  function alive(quiet) { last = Date.now(); const d = $('#timeout'); if (d && d.open) d.close(); if (channel && !quiet) channel.postMessage('alive'); }
  if (idle) {
    if (channel) channel.onmessage = () => alive(true);
    alive();
    document.addEventListener('htmx:afterOnLoad', () => alive());
    const left = $('#timeout [data-left]');
    setInterval(() => {
      const rest = Math.round(idle - (Date.now() - last) / 1000), d = $('#timeout');
      if (rest <= 0) { leaving = true; location.replace(location.pathname + location.search); }
      else if (rest <= 120 && d) { if (!d.open) { flush(); d.showModal(); } left.textContent = Math.floor(rest / 60) + ':' + String(rest % 60).padStart(2, '0'); }
    }, 1000);
    const stay = $('[data-stay]');
    $('#timeout')?.addEventListener('cancel', e => { e.preventDefault(); stay.click(); });
    if (stay) stay.addEventListener('click', () => fetch(body.dataset.alive || location.href, { credentials: 'same-origin', redirect: 'manual' }).then(r => { if (r.ok) alive(); else { leaving = true; location.replace(location.pathname + location.search); } }).catch(() => {}));
  }

  /* ---- hide screen: at once; after a minute the password is asked ---- */
  let away = 0;
  const hiddenSince = value => { try { if (value === undefined) return +sessionStorage.getItem('hidden'); value ? sessionStorage.setItem('hidden', value) : sessionStorage.removeItem('hidden'); } catch (_) { /* storage is off */ } return 0; };
  const lock = () => { const f = $('#lock'); hiddenSince(0); if (f) flush().then(() => { leaving = true; f.submit(); }); };
  function cover() {
    const c = $('#cover'); if (!c) return;
    $$('dialog[open]').forEach(d => d.close());
    c.hidden = false; body.classList.add('is-covered'); $('button', c).focus();
    if (!hiddenSince()) hiddenSince(Date.now());
    clearTimeout(away); away = setTimeout(lock, Math.max(0, 60000 - (Date.now() - hiddenSince())));
  }
  function uncover() {
    const since = hiddenSince(); clearTimeout(away);
    if (since && Date.now() - since > 60000 && $('#lock')) { lock(); return; }
    hiddenSince(0); $('#cover').hidden = true; body.classList.remove('is-covered');
  }
  if (hiddenSince()) cover();

  /* ---- quick search: arrows walk through the hits, leaving closes them ---- */
  const search = $('.topsearch'), hits = $('#hits');
  if (search && hits) {
    search.addEventListener('keydown', e => {
      const links = [$('#q'), ...$$('a', hits)], at = links.indexOf(document.activeElement);
      if (e.key === 'ArrowDown' || e.key === 'ArrowUp') { const next = links[at + (e.key === 'ArrowDown' ? 1 : -1)]; if (next) { e.preventDefault(); next.focus(); } }
      if (e.key === 'Escape') { hits.textContent = ''; $('#q').focus(); }
    });
    search.addEventListener('focusout', e => { if (!search.contains(e.relatedTarget)) setTimeout(() => { hits.textContent = ''; }, 150); });
  }

  /* ---- a long page on a phone: where to go on it ---- */
  $$('[data-jump]').forEach(jump => {
    const parts = $$('main .panel:not(.jump)').filter(panel => $('h2', panel));
    parts.forEach((panel, n) => {
      panel.id = panel.id || `part-${n + 1}`;
      const item = document.createElement('li'), link = document.createElement('a');
      link.href = `#${panel.id}`; link.textContent = $('h2', panel).textContent.trim();
      item.append(link); $('ul', jump).append(item);
    });
    jump.hidden = parts.length < 4;
    jump.addEventListener('click', e => { if (e.target.closest('a')) jump.open = false; });
  });

  /* ---- long choices: a box above leaves what holds the letters, and chooses the only one that does ---- */
  const finders = root => $$('select[data-find]', root).forEach(select => {
    const choices = $$('option', select);
    if (choices.length <= 20 || select.dataset.found) return;
    const box = document.createElement('input');
    Object.assign(box, { type: 'search', className: 'input', placeholder: select.dataset.find, autocomplete: 'off' });
    box.setAttribute('aria-label', select.dataset.find);
    select.dataset.found = '1'; select.before(box);
    box.addEventListener('input', () => {
      const words = box.value.trim().toLowerCase(), found = choices.filter(o => o.value && o.text.toLowerCase().includes(words));
      if (words && found.length === 1) { select.value = found[0].value; select.dispatchEvent(new Event('change', { bubbles: true })); }
      choices.forEach(o => { o.hidden = o.disabled = o.value !== '' && !o.selected && !found.includes(o); });  // Safari hides none
      $$('optgroup', select).forEach(group => { group.hidden = $$('option', group).every(o => o.hidden); });
    });
  });

  /* ---- start, and again for parts that htmx brings ---- */
  const start = root => {
    $$('form[data-guard]', root).forEach(f => f.dataset.guarded || (f.dataset.guarded = '1', guard(f)));
    if (body.dataset.typed) giveBack();
    $$('.views,.tabs', root).forEach(bar => { const now = $('[aria-current]', bar); if (now && now.offsetLeft + now.offsetWidth > bar.clientWidth - 40) bar.scrollLeft = now.offsetLeft - 16; }); // where one is, also when it lies beyond the edge
    boxes(root); finders(root); reveal(root); addsUp(root); drops(root);
    $$('form[data-progress]', root).forEach(f => f.dataset.uploads || (f.dataset.uploads = '1', upload(f)));
    $$('form[data-autosave]', root).forEach(f => f.dataset.saved || (f.dataset.saved = '1', autosave(f)));
    const summary = $('[data-focus]', root); if (summary) summary.focus();
  };
  start(document);
  // An intake begins with typing: on a machine with a mouse the first field has the focus, unless something else has it.
  const intake = $('.focus main form[data-autosave][data-save]');
  if (intake && document.activeElement === body && !location.hash && !hiddenSince() && matchMedia('(pointer:fine)').matches) {
    const field = $$('input:not([type=hidden]),select,textarea', intake).find(el => el.offsetParent && (el.type !== 'radio' || el.checked || !$(`[name="${el.name}"]:checked`, intake)));
    if (field && field.getBoundingClientRect().bottom < innerHeight) field.focus({ preventScroll: true }); // never past what is to be read first
  }
  document.addEventListener('htmx:afterSettle', e => start(e.detail.elt));
})();
