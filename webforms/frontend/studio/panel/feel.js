// An expression with completion: fields by key or name, functions with what they give; what is typed is written when it is left.
import { h } from '@bpmn-io/properties-panel/preact';
import { useEffect, useRef, useState } from '@bpmn-io/properties-panel/preact/hooks';

const INPUT = 'bio-properties-panel-input';
const WORD = /[\p{L}_][\p{L}\p{N}_]*$/u;
const MOST = 8;

function fitting(word, options) {
  const low = word.toLowerCase();
  const starts = options.filter(({ value }) => value.toLowerCase().startsWith(low));
  const others = options.filter((one) => !starts.includes(one) && `${one.value} ${one.label}`.toLowerCase().includes(low));
  return [...starts, ...others].slice(0, MOST);
}

// A function is entered with its brackets, the cursor between them.
const cursorIn = (value) => (value.endsWith('()') || value.endsWith('("")') ? value.length - (value.endsWith('"")') ? 2 : 1) : value.length);

function Choices({ id, open, at, words, pick }) {
  return h('ul', { id, class: 'rd-feel__list', role: 'listbox', 'aria-label': words }, open.list.map(({ value, label }, place) =>
    h('li', { key: value, id: `${id}-${place}`, role: 'option', 'aria-selected': place === at, onMouseDown: (event) => { event.preventDefault(); pick(open.list[place]); } },
      h('code', null, value), ' ', h('small', null, label))));
}

export function Feel({ id, value, rows, label, words, options, set }) {
  const [typed, type] = useState(null);
  const [open, show] = useState(null);
  const [at, move] = useState(0);
  const area = useRef(), cursor = useRef(null);
  useEffect(() => {
    if (cursor.current === null) return;
    area.current.setSelectionRange(cursor.current, cursor.current);
    cursor.current = null;
  });
  const look = (target, always) => {
    const word = WORD.exec(target.value.slice(0, target.selectionStart))?.[0] ?? '';
    const list = word || always ? fitting(word, options) : [];
    move(0);
    show(list.length && !(list.length === 1 && list[0].value === word) ? { list, from: target.selectionStart - word.length, to: target.selectionStart } : null);
  };
  const pick = ({ value: chosen }) => {
    const text = typed ?? value;
    cursor.current = open.from + cursorIn(chosen);
    type(text.slice(0, open.from) + chosen + text.slice(open.to));
    show(null);
  };
  const leave = () => {
    show(null);
    if (typed !== null && typed.trim() !== value) set(typed.trim());
    type(null);
  };
  const KEYS = {
    ArrowDown: () => move((at + 1) % open.list.length),
    ArrowUp: () => move((at + open.list.length - 1) % open.list.length),
    Enter: () => pick(open.list[at]),
    Tab: () => pick(open.list[at]),
    Escape: () => show(null),
  };
  const key = (event) => {
    if (event.ctrlKey && event.code === 'Space') look(event.target, true);
    else if (open && KEYS[event.key]) KEYS[event.key]();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const list = `${id}-choices`;
  return h('div', { class: 'rd-feel' },
    h('textarea', {
      ref: area, id, class: `${INPUT} rd-feel__text`, rows: rows ?? 2, spellcheck: false, value: typed ?? value, 'aria-label': label, role: 'combobox',
      'aria-expanded': Boolean(open), 'aria-controls': list, 'aria-activedescendant': open ? `${list}-${at}` : undefined,
      onInput: ({ target }) => { type(target.value); look(target, false); }, onKeyDown: key, onBlur: leave,
    }),
    open && h(Choices, { id: list, open, at, words: words.complete, pick }));
}
