// What every staff page loads: the style, htmx for partial answers, and comforts that nothing depends on.
import './tabler.scss';
import './pages.css';
import htmx from 'htmx.org';
import { startCountdowns } from './countdown.js';
import { keepDrafts } from './drafts.js';
import { guardForms } from './forms.js';
import { listenForSearchKey } from './search.js';

htmx.config.includeIndicatorCSS = false;

keepDrafts(document);
guardForms(document);
startCountdowns(document);
listenForSearchKey(document);
