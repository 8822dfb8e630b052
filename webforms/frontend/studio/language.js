// The words of the editor's own parts; the makers' table stands in where ours has none.
import { translate } from '../viewer/translate.js';
import chinese from './chinese.js';

export const speaking = {
  translate: ['value', (template, replacements = {}) => {
    const said = chinese[template];
    return said ? said.replace(/{([^}]+)}/g, (place, key) => replacements[key] ?? place) : translate(template, replacements);
  }],
};
