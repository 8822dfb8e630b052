// A timer in an owner's words, and back: a limit of the table, an amount and a unit, a recurring moment, or an expression.
const UNITS = ['minutes', 'hours', 'days', 'months', 'working_hours', 'working_days'];
const KINDS = ['timeDate', 'timeDuration', 'timeCycle'];
const LIMIT = /^limit\(\s*"([^"]+)"\s*\)$/;
const AMOUNT = new RegExp(`^(${UNITS.join('|')})\\(\\s*(\\d+)\\s*\\)$`);
const EVERY = new RegExp(`^every\\(\\s*(${UNITS.join('|')})\\(\\s*(\\d+)\\s*\\)\\s*\\)$`);

export { UNITS };

export const timerOf = (object) => object.get('eventDefinitions')?.find(({ $type }) => $type === 'bpmn:TimerEventDefinition');

const written = (timer) => {
  const kind = KINDS.find((name) => timer.get(name));
  return { kind: kind ?? 'timeDate', text: kind ? (timer.get(kind).body ?? '').trim() : '' };
};

// {way: none | limit | amount | every | other, limit, amount, unit, text}
export function readTimer(timer) {
  const { text } = written(timer);
  const limit = LIMIT.exec(text), amount = AMOUNT.exec(text), every = EVERY.exec(text);
  if (!text) return { way: 'none', text };
  if (limit) return { way: 'limit', limit: limit[1], text };
  if (amount) return { way: 'amount', unit: amount[1], amount: amount[2], text };
  if (every) return { way: 'every', unit: every[1], amount: every[2], text };
  return { way: 'other', text };
}

const TEXTS = {
  limit: ({ limit }) => (limit ? `limit("${limit}")` : ''),
  amount: ({ amount, unit }) => `${unit ?? 'working_hours'}(${amount || 1})`,
  every: ({ amount, unit }) => `every(${unit ?? 'days'}(${amount || 1}))`,
  other: ({ text }) => text ?? '',
  none: () => '',
};

// A repetition is a cycle for every editor, all else a moment, unless it says itself which of them it is.
const kindOf = (way, before) => (way === 'every' ? 'timeCycle' : way === 'other' ? before : 'timeDate');

export function writeTimer(element, timer, { modeling, moddle }, wanted) {
  const text = TEXTS[wanted.way](wanted);
  const changes = Object.fromEntries(KINDS.map((kind) => [kind, undefined]));
  if (text) {
    const kind = kindOf(wanted.way, written(timer).kind);
    changes[kind] = timer.get(kind) ? copied(timer.get(kind), text, moddle) : moddle.create('bpmn:FormalExpression', { body: text });
    changes[kind].$parent = timer;
  }
  modeling.updateModdleProperties(element, timer, changes);
}

function copied(expression, body, moddle) {
  return moddle.create('bpmn:FormalExpression', { ...expression.$attrs, id: expression.id, language: expression.language, body });
}
