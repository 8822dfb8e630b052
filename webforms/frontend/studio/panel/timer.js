// How long a timer waits: a limit of the table, an amount of time, a repetition, or an expression.
import { h } from '@bpmn-io/properties-panel/preact';
import { UNITS, readTimer, timerOf, writeTimer } from '../model/time.js';
import { useTools } from './entries.js';
import { Feel } from './feel.js';

const INPUT = 'bio-properties-panel-input';
const option = ({ value, label }) => h('option', { key: value, value }, label);

function Amount({ read, words, set }) {
  return h('div', { class: 'rd-timer__amount' },
    h('input', { class: INPUT, type: 'number', min: 1, step: 1, value: read.amount, 'aria-label': words.amount, onChange: ({ target }) => set({ ...read, amount: target.value }) }),
    h('select', { class: INPUT, value: read.unit, 'aria-label': words.unit, onChange: ({ target }) => set({ ...read, unit: target.value }) },
      UNITS.map((value) => option({ value, label: words.units[value] }))));
}

function Limit({ read, words, toLimits, limits, set }) {
  const chosen = limits.find(({ value }) => value === read.limit);
  return h('div', null,
    h('select', { class: INPUT, value: read.limit ?? '', 'aria-label': words.limit, onChange: ({ target }) => set({ way: 'limit', limit: target.value }) },
      option({ value: '', label: words.choose }), limits.map(option)),
    chosen && h('div', { class: 'bio-properties-panel-description' }, chosen.hint, ' ', h('a', { href: chosen.link }, toLimits)));
}

const START = { limit: { way: 'limit' }, amount: { way: 'amount', amount: 1, unit: 'working_hours' }, every: { way: 'every', amount: 1, unit: 'days' }, other: { way: 'other', text: '' } };

// spec: {id, label, words, limits() → [{value, label, hint}]}
export function Timer({ element, id, spec }) {
  const tools = useTools();
  const timer = timerOf(element.businessObject), read = readTimer(timer), { words } = spec;
  const set = (wanted) => writeTimer(element, timer, tools, wanted);
  const ways = ['limit', 'amount', 'every', 'other'].map((value) => ({ value, label: words.ways[value] }));
  const begin = (way) => (way === 'limit' ? set({ way, limit: spec.limits()[0]?.value }) : set(way === 'other' ? { way, text: read.text || 'now()' } : START[way]));
  return h('div', { class: 'bio-properties-panel-entry rd-timer', 'data-entry-id': id },
    h('label', { class: 'bio-properties-panel-label', for: 'timer-way' }, spec.label),
    h('select', { id: 'timer-way', class: INPUT, value: read.way === 'none' ? '' : read.way, onChange: ({ target }) => target.value && begin(target.value) },
      read.way === 'none' && option({ value: '', label: words.choose }), ways.map(option)),
    read.way === 'limit' && h(Limit, { read, words, toLimits: words.toLimits, limits: spec.limits(), set }),
    ['amount', 'every'].includes(read.way) && h(Amount, { read, words, set }),
    read.way === 'other' && h(Feel, { id: 'timer-feel', value: read.text, label: words.ways.other, words, options: spec.complete, set: (text) => set({ way: 'other', text }) }));
}
