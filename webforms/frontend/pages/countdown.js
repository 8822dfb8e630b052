// Counts down to data-rd-until. The server's clock counts: <html data-rd-now="…"> says what it read when the page was made.
const SECOND = 1000;

export function clockFace(milliseconds) {
  const seconds = Math.floor(Math.abs(milliseconds) / SECOND);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (n) => String(n).padStart(2, '0');
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

function show(element, now) {
  const left = Date.parse(element.dataset.rdUntil) - now;
  const late = left < 0;
  element.classList.toggle('rd-countdown--late', late);
  element.textContent = late && element.dataset.rdOver ? `${element.dataset.rdOver} ${clockFace(left)}` : clockFace(left);
}

export function startCountdowns(page) {
  const served = Date.parse(page.documentElement.dataset.rdNow ?? '');
  const ahead = Number.isNaN(served) ? 0 : served - Date.now();
  const tick = () => page.querySelectorAll('[data-rd-until]').forEach((element) => show(element, Date.now() + ahead));
  tick();
  setInterval(tick, SECOND);
}
