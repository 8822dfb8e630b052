// Comforts of recording a call: the cursor where the person goes on, Enter takes the household, a suggestion is one click.
const SHUT = 'rd-shut:';

function begin(page) {
  const form = page.querySelector('form[data-rd-first]');
  const first = form && (page.getElementById(form.dataset.rdFirst) ?? form.querySelector('#fields .form-control'));
  first?.focus();
}

function entered(event) {
  if (event.key !== 'Enter' || event.target.id !== 'find' || event.isComposing) return;
  const offered = document.querySelectorAll('#found button');
  if (offered.length === 0) return;
  event.preventDefault();
  if (offered.length === 1) offered[0].click();
  else offered[0].focus();
}

function choose(event) {
  const button = event.target.closest('[data-rd-choose]');
  const choices = button?.form.elements[button.dataset.rdChoose];
  if (!choices) return;
  event.preventDefault();
  choices.value = button.value;
  button.form.querySelector(`[name="${button.dataset.rdChoose}"]`).dispatchEvent(new Event('change', { bubbles: true }));
}

// What somebody has folded away stays so on this computer; it says nothing of anybody.
function remember(page) {
  page.querySelectorAll('details[data-rd-shut]').forEach((box) => {
    const key = SHUT + box.dataset.rdShut;
    if (localStorage.getItem(key)) box.open = false;
    box.addEventListener('toggle', () => (box.open ? localStorage.removeItem(key) : localStorage.setItem(key, 'yes')));
  });
}

function drawn(page) {
  remember(page);
  begin(page);
}

export function helpRecording(page) {
  drawn(page);
  page.addEventListener('rd:drawn', () => drawn(page));
  page.addEventListener('keydown', entered);
  page.addEventListener('click', choose);
}
