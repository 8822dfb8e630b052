// A condition as rows of field, relation and value, joined by "and" or "or"; what is more than that stays an expression.
const RELATIONS = ['=', '!=', '<', '<=', '>', '>=', 'in', 'filled', 'empty'];
const ROW = /^([\p{L}_][\p{L}\p{N}_]*)\s*(=|!=|<=|>=|<|>|\bin\b)\s*(.+)$/su;
const VALUE = /^(?:"((?:[^"\\]|\\.)*)"|true|false|null|-?\d+(?:\.\d+)?)$/;
const LIST = /^\(\s*("(?:[^"\\]|\\.)*"(?:\s*,\s*"(?:[^"\\]|\\.)*")*)\s*\)$/;

export { RELATIONS };

// The parts between a word, none of them inside quotation marks or brackets; null when the text has an open end.
function split(text, word) {
  const parts = [];
  let depth = 0, quoted = false, begun = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (quoted) quoted = sign !== '"' || text[at - 1] === '\\';
    else if (sign === '"') quoted = true;
    else if ('([{'.includes(sign)) depth += 1;
    else if (')]}'.includes(sign)) depth -= 1;
    else if (!depth && text.startsWith(` ${word} `, at)) {
      parts.push(text.slice(begun, at));
      begun = at + word.length + 2;
    }
  }
  return quoted || depth ? null : [...parts, text.slice(begun)].map((part) => part.trim());
}

const plain = (text) => (text.startsWith('"') ? JSON.parse(text) : text);

function row(text) {
  const found = ROW.exec(text);
  if (!found) return null;
  const [, field, relation, value] = found;
  if (relation === 'in') {
    const list = LIST.exec(value.trim());
    return list && { field, relation, value: JSON.parse(`[${list[1]}]`) };
  }
  if (!VALUE.test(value.trim())) return null;
  if (value.trim() === 'null') return { field, relation: relation === '=' ? 'empty' : relation === '!=' ? 'filled' : null, value: '' };
  return { field, relation, value: plain(value.trim()) };
}

// {join: and | or, rows} or null for what cannot be shown as rows; no rows for no condition.
export function readCondition(text) {
  if (!text.trim()) return { join: 'and', rows: [] };
  for (const join of ['or', 'and']) {
    const parts = split(text.trim(), join);
    const rows = parts?.map(row);
    if (rows && rows.every((one) => one?.relation) && (parts.length > 1 || join === 'and')) return { join, rows };
  }
  return null;
}

const quoted = (value, type) => (['number', 'money', 'boolean'].includes(type) ? String(value || (type === 'boolean' ? 'false' : '0')) : JSON.stringify(value ?? ''));

// `typeOf` tells the type of a field by its key: only text is quoted.
export function writeCondition({ join, rows }, typeOf) {
  return rows
    .filter(({ field, relation }) => field && relation)
    .map(({ field, relation, value }) => {
      if (relation === 'empty') return `${field} = null`;
      if (relation === 'filled') return `${field} != null`;
      if (relation === 'in') return `${field} in (${[].concat(value).map((one) => quoted(one)).join(', ')})`;
      return `${field} ${relation} ${quoted(value, typeOf(field))}`;
    })
    .join(` ${join} `);
}
