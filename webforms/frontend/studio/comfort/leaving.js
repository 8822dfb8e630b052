// A link that leads away waits until what is drawn is saved; what cannot be saved is asked about by the browser.
export function saveBeforeLeaving(saving) {
  document.addEventListener('click', async (event) => {
    const link = event.target.closest?.('a[href]:not([download], [target], [href^="#"])');
    if (!link || !(saving.dirty || saving.running) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    await saving.now();
    window.location.assign(link.href);
  }, true);
}
