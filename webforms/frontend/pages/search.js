// "/" moves the cursor to the search box, unless the person is typing.
const TYPING = 'input, textarea, select, [contenteditable]';

export function listenForSearchKey(page) {
  page.addEventListener('keydown', (event) => {
    const box = page.querySelector('[data-rd-search]');
    const plain = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!box || !plain || event.target.closest(TYPING)) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
}
