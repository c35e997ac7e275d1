// The page of NetGear's browser viewer. docs/browser.md describes the messages.
'use strict';

const HEADER = 48;
const SHOWN_FOR_MS = 2000;
const LATE_AFTER_MS = 2500;
const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 2000;
const TRACE = 120;

const at = id => document.getElementById(id);
const stage = at('stage');
const canvas = at('picture');
const brush = canvas.getContext('2d', { alpha: false });

// The token has done its work in the address bar; in history and on shared screens it does harm.
const token = new URLSearchParams(location.search).get('token');
const query = token ? '?token=' + encodeURIComponent(token) : '';
if (token) history.replaceState(null, '', location.pathname);

const now = () => performance.timeOrigin + performance.now();

let socket = null;
let retries = 0;
let retry = 0;
let paused = false;
let offset = null; // the sender's clock minus this one, milliseconds
let bestRoundTrip = Infinity;
let waiting = []; // messages that are not shown yet, in order
let busy = false;
let last = null; // { blob, sequence } of what is on the canvas
let name = 'NetGear';
let pictures = 0;
let skipped = 0;
let missed = 0;
let missedBefore = 0;
let lastAt = 0;
let drawn = []; // [time, bytes] of the last pictures
let ages = [];

// ---- the connection

function connect() {
  clearTimeout(retry);
  const scheme = location.protocol === 'https:' ? 'wss://' : 'ws://';
  const link = new WebSocket(scheme + location.host + '/live' + query);
  let opened = false;
  socket = link;
  link.binaryType = 'arraybuffer';
  link.onopen = () => {
    opened = true;
    retries = 0;
    bestRoundTrip = Infinity;
    lastAt = now();
    missedBefore += missed;
    missed = 0;
    askTime();
    state();
  };
  link.onmessage = event => {
    if (typeof event.data === 'string') hear(JSON.parse(event.data));
    else arrive(event.data);
  };
  link.onclose = event => {
    if (socket !== link) return;
    socket = null;
    waiting = [];
    state(event.code === 1001 ? 'The sender has ended; waiting for it to come back.' : '');
    if (!opened) askWhy();
    const pause = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(retries++, 10));
    retry = setTimeout(connect, pause * (0.5 + Math.random() / 2));
  };
}

// A browser does not tell why it got no WebSocket.
async function askWhy() {
  try {
    const answer = await fetch('/stats' + query, { cache: 'no-store' });
    if (socket && socket.readyState === WebSocket.OPEN) return;
    if (answer.status === 401) {
      refused('The token is not the right one any more. ', '/', 'Enter the new one');
    } else if (answer.ok) {
      const stats = await answer.json();
      if (stats.viewers.length >= stats.most_viewers) refused('As many watch as may; waiting for a place.');
    }
  } catch (e) {
    // nobody answers: the status says so already
  }
}

function hear(message) {
  if (message.type === 'hello') {
    name = message.name;
    at('name').textContent = name;
    document.title = name + ' · NetGear';
  } else if (message.type === 'time') {
    const roundTrip = now() - message.of;
    bestRoundTrip *= 1.1; // clocks drift: a good measurement does not stay one for ever
    if (roundTrip <= bestRoundTrip) {
      bestRoundTrip = roundTrip;
      offset = message.now - (message.of + roundTrip / 2);
    }
  } else if (message.type === 'unshowable') {
    state(message.why);
  }
}

function say(text) {
  if (socket && socket.readyState === WebSocket.OPEN) socket.send(text);
}

function askTime() {
  say('time ' + now().toFixed(3));
}

// ---- pictures

function arrive(data) {
  const view = new DataView(data);
  if (data.byteLength <= HEADER || view.getInt32(0) !== 1) return;
  waiting.push({
    link: socket,
    number: view.getFloat64(8),
    sequence: view.getFloat64(16),
    sent: view.getFloat64(24),
    width: view.getInt32(32),
    height: view.getInt32(36),
    missed: view.getInt32(40),
    blob: new Blob([new Uint8Array(data, HEADER)], { type: 'image/jpeg' }),
  });
  show();
}

// One at a time and the newest only. While nobody looks, nothing is answered, and so nothing more is sent.
async function show() {
  if (busy || paused || document.hidden) return;
  busy = true;
  while (waiting.length && !paused && !document.hidden) {
    while (waiting.length > 1) {
      skipped++;
      done(waiting.shift());
    }
    const next = waiting.shift();
    try {
      const bitmap = await createImageBitmap(next.blob);
      draw(next, bitmap);
      bitmap.close();
    } catch (e) {
      console.warn('Picture ' + next.sequence + ' cannot be shown.', e);
    }
    done(next);
  }
  busy = false;
}

function done(message) {
  missed = message.missed;
  if (message.link === socket) say('shown ' + message.number);
}

function draw(message, bitmap) {
  if (canvas.width !== bitmap.width || canvas.height !== bitmap.height) {
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
  }
  brush.drawImage(bitmap, 0, 0);
  lastAt = now();
  last = { blob: message.blob, sequence: message.sequence };
  pictures++;
  drawn.push([lastAt, message.blob.size]);
  if (offset !== null && message.sent > 0) {
    ages.push(Math.max(0, lastAt + offset - message.sent));
    if (ages.length > TRACE) ages.shift();
  }
  at('size').textContent = message.width + ' × ' + message.height;
  stage.dataset.pictures = pictures;
  stage.dataset.sequence = message.sequence;
}

// ---- what is said about them

function state(words = '') {
  const open = socket && socket.readyState === WebSocket.OPEN;
  const late = open && !paused && now() - lastAt > LATE_AFTER_MS;
  const is = !open ? 'waiting' : paused ? 'paused' : late || words ? 'late' : 'live';
  const label = { waiting: pictures ? 'Reconnecting' : 'Connecting', paused: 'Paused', late: 'No picture', live: 'Live' }[is];
  put(is, label);
  if (words) notice(words);
  else if (is === 'late' && !at('notice').hidden) return;
  else if (is === 'late') notice(pictures ? 'The sender sends nothing just now.' : 'Waiting for the first picture.');
  else if (is === 'waiting' && !pictures) notice('Connecting to ' + location.host + '.');
  else if (is !== 'waiting') notice('');
}

function put(is, label) {
  const pill = at('status');
  if (pill.textContent !== label) pill.textContent = label;
  pill.dataset.state = is;
  stage.classList.toggle('dim', is !== 'live' && is !== 'paused' && pictures > 0);
}

function notice(words) {
  const box = at('notice');
  if (box.textContent !== words) box.textContent = words;
  box.hidden = !words;
}

function refused(words, href, label) {
  put('refused', 'Refused');
  notice(words);
  if (!href) return;
  const link = document.createElement('a');
  link.href = href;
  link.textContent = label;
  at('notice').append(link);
}

function figures() {
  const since = now() - SHOWN_FOR_MS;
  drawn = drawn.filter(([time]) => time > since);
  const span = drawn.length > 1 ? drawn[drawn.length - 1][0] - drawn[0][0] : 0;
  const bytes = drawn.slice(1).reduce((sum, [, size]) => sum + size, 0);
  at('fps').textContent = span ? ((drawn.length - 1) * 1000 / span).toFixed(1) : '–';
  at('rate').textContent = span ? (bytes * 8 / 1000 / span).toFixed(1) : '–';
  const lately = ages.slice(-30).sort((a, b) => a - b);
  at('age').textContent = span && lately.length ? lately[lately.length >> 1].toFixed(0) : '–';
  at('dropped').textContent = missedBefore + missed + skipped;
  if (socket && socket.readyState === WebSocket.OPEN && at('status').dataset.state !== 'refused') {
    if (paused || now() - lastAt > LATE_AFTER_MS || drawn.length) state();
  }
  trace();
}

function trace() {
  const box = at('trace');
  const pen = box.getContext('2d');
  const top = Math.max(20, ...ages) * 1.1;
  pen.clearRect(0, 0, box.width, box.height);
  pen.beginPath();
  ages.forEach((age, i) => pen.lineTo(i * box.width / (TRACE - 1), box.height - 2 - age / top * (box.height - 4)));
  pen.lineWidth = 2;
  pen.strokeStyle = '#46e0b8';
  pen.stroke();
}

// ---- what people do

function pause() {
  paused = !paused;
  at('pause').setAttribute('aria-pressed', paused);
  at('pause').setAttribute('aria-label', paused ? 'Go on' : 'Pause');
  if (!paused) lastAt = now();
  state();
  show();
}

function snapshot() {
  if (!last) return;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(last.blob);
  link.download = name.replace(/[^\w.-]+/g, '_') + '-' + last.sequence + '.jpg';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

let stillness = 0;
function moved() {
  document.body.classList.remove('still');
  clearTimeout(stillness);
  stillness = setTimeout(() => document.body.classList.add('still'), 2500);
}

let fills = false; // what is wanted; a browser takes a moment to follow
function filled(on) {
  fills = on;
  document.body.classList.toggle('filled', on);
  at('full').setAttribute('aria-pressed', on);
  moved();
}

async function full() {
  filled(!fills);
  try {
    if (fills) await document.documentElement.requestFullscreen();
    else if (document.fullscreenElement) await document.exitFullscreen();
  } catch (e) {
    // phones that know no full screen: the picture fills the page
  }
}

const keys = {
  ' ': pause,
  s: snapshot,
  f: full,
  i: () => document.body.classList.toggle('bare'),
  '?': () => (at('keys').open ? at('keys').close() : at('keys').showModal()),
};

document.addEventListener('keydown', event => {
  const onButton = event.target.closest && event.target.closest('button, a');
  const action = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!action || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.key === ' ' && onButton) return; // presses the button
  event.preventDefault();
  action();
});
document.addEventListener('fullscreenchange', () => {
  if (!document.fullscreenElement) filled(false);
  else if (!fills) document.exitFullscreen().catch(() => {});
});
document.addEventListener('visibilitychange', () => {
  lastAt = Math.max(lastAt, now() - LATE_AFTER_MS / 2);
  if (!document.hidden && !socket) connect();
  show();
});
for (const event of ['pointermove', 'pointerdown', 'keydown']) document.addEventListener(event, moved);
window.addEventListener('online', () => socket || connect());
at('pause').addEventListener('click', pause);
at('snapshot').addEventListener('click', snapshot);
at('full').addEventListener('click', full);
at('help').addEventListener('click', keys['?']);
canvas.addEventListener('dblclick', full);

setInterval(figures, 250);
setInterval(askTime, 2000);
connect();
