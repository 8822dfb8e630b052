// The text of a draft's file saves itself while it is typed; what cannot get there waits in this browser, and nothing is lost.
import { offerKept } from '../studio/comfort/kept.js';
import { Saving } from '../studio/saving.js';
import { telling } from '../studio/telling.js';

// All forms of the page post what they were made from: from now on that is what was just saved, which can be undone.
function bringUpToDate(editor, { digest, token }) {
  editor.querySelectorAll('[name=seen]').forEach((one) => { one.value = digest; });
  editor.querySelectorAll('[name=csrf_token]').forEach((one) => { one.value = token; });
  editor.querySelectorAll('[name=do][value=undo]').forEach((one) => { one.disabled = false; });
}

// Whatever leads away from the text waits until it is saved, and stays when it cannot be.
function settleFirst(editor, form, saving) {
  const settled = async (go) => {
    await saving.now();
    if (!saving.dirty) go();
  };
  const waits = (event, go) => {
    if (!saving.dirty && !saving.running) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    settled(go);
  };
  editor.addEventListener('submit', (event) => {
    if (event.target !== form) waits(event, () => event.target.requestSubmit(event.submitter));
  }, true);
  editor.addEventListener('click', (event) => {
    const link = event.target.closest('a[href]:not([download], [href^="#"])');
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) waits(event, () => window.location.assign(link.href));
  }, true);
  form.addEventListener('submit', (event) => { event.preventDefault(); saving.now(); });
}

export async function saveTexts(page) {
  const form = page.querySelector('form[data-rd-text]');
  if (!form) return;
  const editor = page.getElementById('editor'), { text } = form.elements;
  const part = (name) => form.querySelector(`[data-rd-${name}]`) ?? editor.querySelector(`[data-rd-editor-${name}]`);
  const tell = telling(part, JSON.parse(page.getElementById('text-words').textContent));
  const { save: address, token, digest } = form.dataset;
  const saving = new Saving({ address, token, digest, place: `redress:${address}`, tell, saved: () => bringUpToDate(editor, saving) });
  saving.write = () => text.value;
  text.addEventListener('input', () => saving.changed());
  part('take-over').addEventListener('click', () => saving.now(true));
  settleFirst(editor, form, saving);
  const { kept, current } = await saving.kept();
  const use = () => { text.value = kept; text.dispatchEvent(new Event('input', { bubbles: true })); saving.takeUp(); };
  if (current) use();
  else if (kept !== undefined) offerKept(part, { kept, use, drop: () => saving.forget() });
}
