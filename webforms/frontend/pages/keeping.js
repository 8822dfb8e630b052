// What was typed and could not be saved, kept in this tab alone: it outlives a reload, never the tab, never signing out.
const PREFIX = 'rd-kept:';
const SAVED = /(?:^|; )rd_saved=([\w-]+)/;

function each(visit) {
  Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX)).forEach(visit);
}

function keyOf(form) {
  return `${PREFIX}${document.body.dataset.rdPerson}:${new URL(form.action).pathname}`;
}

// The answers of a form as pairs; files cannot be kept, and buttons and the token are not answers.
export function answersOf(form) {
  return [...new FormData(form)].filter(([name, value]) => typeof value === 'string' && name !== 'csrf_token');
}

export function keep(form) {
  try {
    sessionStorage.setItem(keyOf(form), JSON.stringify({ at: new Date().toISOString(), fields: answersOf(form) }));
  } catch {
    // Full or forbidden: the words still stand in the page.
  }
}

export function kept(form) {
  const found = sessionStorage.getItem(keyOf(form));
  return found && JSON.parse(found);
}

export function forget(form) {
  sessionStorage.removeItem(keyOf(form));
}

export function forgetAll() {
  each((key) => sessionStorage.removeItem(key));
}

// The server says by a cookie which form it has carried out; what others have typed in this tab is nobody's here.
export function tidy() {
  const saved = SAVED.exec(document.cookie)?.[1];
  const own = `${PREFIX}${document.body.dataset.rdPerson}:`;
  each((key) => {
    const { fields } = JSON.parse(sessionStorage.getItem(key));
    const carriedOut = saved && fields.some(([name, value]) => name === 'request_id' && value === saved);
    if (carriedOut || (document.body.dataset.rdPerson && !key.startsWith(own))) sessionStorage.removeItem(key);
  });
  if (saved) document.cookie = 'rd_saved=; path=/; max-age=0; samesite=lax';
}
