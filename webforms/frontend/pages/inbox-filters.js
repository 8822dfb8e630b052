// The link to a list is copied by a click; without a clipboard it stays a link.
const A_WHILE = 2000;

export function copyLinks(page) {
  for (const link of page.querySelectorAll('[data-rd-copy]')) {
    if (!navigator.clipboard) continue;
    link.textContent = link.dataset.rdCopy;
    link.addEventListener('click', async (event) => {
      event.preventDefault();
      await navigator.clipboard.writeText(link.href);
      link.textContent = link.dataset.rdCopied;
      setTimeout(() => { link.textContent = link.dataset.rdCopy; }, A_WHILE);
    });
  }
}
