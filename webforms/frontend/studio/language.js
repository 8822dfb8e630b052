// The words of the editor's own parts; what the table of the editor's makers lacks comes from the page.
import { translate } from '../viewer/translate.js';

export const speaking = (own) => ({
  translate: ['value', (template, replacements = {}) => {
    const said = own[template];
    return said ? said.replace(/{([^}]+)}/g, (place, key) => replacements[key] ?? place) : translate(template, replacements);
  }],
});
