// A cell as what may be chosen: nothing said, some of the known values or none of them, yes or no, a number compared.
const TEXT = '"(?:[^"\\\\]|\\\\.)*"';
const LIST = new RegExp(`^${TEXT}(?:\\s*,\\s*${TEXT})*$`);
const NUMBER = '-?\\d+(?:\\.\\d+)?';
const COMPARED = new RegExp(`^(<=|>=|<|>|)\\s*(${NUMBER})$`);
const RANGE = new RegExp(`^\\[\\s*(${NUMBER})\\s*\\.\\.\\s*(${NUMBER})\\s*\\]$`);
const NOT = /^not\s*\(([^]*)\)$/;

const unquoted = (text) => [...text.matchAll(new RegExp(TEXT, 'g'))].map(([found]) => JSON.parse(found));

export const isEmpty = (text) => ['', '-'].includes((text ?? '').trim());

// {relation, values} of a cell; null when it says more than can be chosen.
export function read(text) {
  const source = (text ?? '').trim();
  if (isEmpty(source)) return { relation: 'any', values: [] };
  if (LIST.test(source)) return { relation: 'in', values: unquoted(source) };
  const negated = source.match(NOT)?.[1].trim();
  if (negated && LIST.test(negated)) return { relation: 'not', values: unquoted(negated) };
  if (['true', 'false'].includes(source)) return { relation: 'is', values: [source] };
  const compared = source.match(COMPARED);
  if (compared) return { relation: compared[1] || '=', values: [compared[2]] };
  const range = source.match(RANGE);
  return range ? { relation: 'range', values: range.slice(1) } : null;
}

const listed = (values) => values.map((value) => JSON.stringify(value)).join(', ');

export function written({ relation, values }) {
  if (relation === 'any' || !values.length) return '';
  if (relation === 'in') return listed(values);
  if (relation === 'not') return `not(${listed(values)})`;
  if (relation === 'is') return values[0];
  if (relation === 'range') return `[${values[0]}..${values[1] ?? values[0]}]`;
  return relation === '=' ? values[0] : `${relation} ${values[0]}`;
}

// A value by its name; one that names several with commas between by all of theirs.
function nameOf(value, choices, comma) {
  const known = (one) => choices.find((choice) => choice.value === one)?.label;
  const parts = value.split(',').map((part) => part.trim());
  return known(value) ?? (parts.every(known) ? parts.map(known).join(comma) : value);
}

// A cell in the words that people know; empty where it says nothing that has other words.
export function said(text, field, words) {
  const cell = read(text);
  if (!cell) return '';
  const { relation, values } = cell;
  if (relation === 'is') return words[{ true: 'yes', false: 'no' }[values[0]]];
  if (!['in', 'not'].includes(relation) || !field?.choices.length) return '';
  const names = values.map((value) => nameOf(value, field.choices, words.comma));
  if (names.every((name, at) => name === values[at])) return '';
  const together = names.join(words.or);
  return relation === 'not' ? `${words.relations.not} ${together}` : together;
}
