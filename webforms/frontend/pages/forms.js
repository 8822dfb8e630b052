// Keeps a form from being sent twice, asks before what cannot be undone, and warns before typed text is left behind.
function confirmed(button) {
  const question = button?.dataset.rdConfirm;
  return !question || window.confirm(question);
}

function markSent(form, button) {
  form.dataset.rdSent = 'yes';
  if (!button) return;
  button.setAttribute('aria-disabled', 'true');
  if (button.dataset.rdBusy && button.tagName === 'BUTTON') {
    button.dataset.rdWords = button.textContent;
    button.textContent = button.dataset.rdBusy;
  }
}

export function markIdle(page) {
  page.querySelectorAll('[data-rd-sent]').forEach((form) => delete form.dataset.rdSent);
  page.querySelectorAll('[data-rd-once] [aria-disabled]').forEach((button) => {
    button.removeAttribute('aria-disabled');
    if (button.dataset.rdWords) button.textContent = button.dataset.rdWords;
  });
}

function submitOnce(event) {
  const form = event.target;
  if (form.dataset.rdSent || !confirmed(event.submitter)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  delete form.dataset.rdTouched;
  if ('rdOnce' in form.dataset) markSent(form, event.submitter);
}

export function guardForms(page) {
  page.addEventListener('submit', submitOnce, true);
  page.addEventListener('input', ({ target }) => {
    const form = target.closest('form[data-rd-leave]');
    if (form) form.dataset.rdTouched = 'yes';
  });
  window.addEventListener('beforeunload', (event) => page.querySelector('[data-rd-touched]') && event.preventDefault());
  window.addEventListener('pageshow', () => markIdle(page));
  page.addEventListener('htmx:finally:request', () => markIdle(page));
}
