// On a touch screen a row that can be claimed is claimed by pushing it aside; the button stays for everybody else.
const FAR_ENOUGH = 96;
const SLACK = 12;

const A_MOMENT = 300;

function swallowClick(row) {
  const stop = (event) => event.preventDefault();
  row.addEventListener('click', stop, true);
  setTimeout(() => row.removeEventListener('click', stop, true), A_MOMENT);
}

export function listenForSwipes(list) {
  let swipe = null;
  list.addEventListener('pointerdown', (event) => {
    const row = event.target.closest('[data-rd-item]');
    const form = row?.querySelector('form[action$="/claim"]');
    if (event.pointerType === 'touch' && form) swipe = { row, form, x: event.clientX, y: event.clientY, by: 0 };
  });
  list.addEventListener('pointermove', (event) => {
    if (!swipe) return;
    const [by, down] = [event.clientX - swipe.x, Math.abs(event.clientY - swipe.y)];
    if (!swipe.by && (Math.abs(by) < SLACK || down > Math.abs(by))) return;
    swipe.by = by;
    swipe.row.style.transform = `translateX(${by}px)`;
    swipe.row.classList.toggle('rd-inbox-row--swiped', Math.abs(by) >= FAR_ENOUGH);
  });
  const end = (claims) => {
    if (!swipe) return;
    const { row, form, by } = swipe;
    swipe = null;
    row.style.transform = '';
    row.classList.remove('rd-inbox-row--swiped');
    if (by) swallowClick(row);
    if (claims && Math.abs(by) >= FAR_ENOUGH) form.requestSubmit();
  };
  list.addEventListener('pointerup', () => end(true));
  list.addEventListener('pointercancel', () => end(false));
}
