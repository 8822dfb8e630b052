// A link that leads away waits until what is drawn is saved; what cannot be saved is asked about by the browser.
const WAITING = 'rdLeaving';

export function saveBeforeLeaving(saving) {
  const { dataset } = document.documentElement;
  document.addEventListener('click', async (event) => {
    const link = event.target.closest?.('a[href]:not([download], [target], [href^="#"])');
    if (!link || !(saving.dirty || saving.running) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    // Whoever clicks again will not wait any longer.
    if (WAITING in dataset) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    dataset[WAITING] = 'yes';
    await saving.now();
    if (saving.dirty) delete dataset[WAITING];
    window.location.assign(link.href);
  }, true);
}
