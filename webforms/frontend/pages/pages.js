// What every staff page loads: the style, htmx for partial answers, and comforts that nothing depends on.
import './tabler.scss';
import './pages.css';
import htmx from 'htmx.org';
import { saveByThemselves } from './autosaving.js';
import { completeExpressions } from './completing.js';
import { startCountdowns } from './countdown.js';
import { keepDrafts } from './drafts.js';
import { editors } from './editors.js';
import { takeEvidence } from './evidence.js';
import { keepFocus } from './focusing.js';
import { guardForms } from './forms.js';
import { startInbox } from './inbox.js';
import { helpRecording } from './record.js';
import { showOpenFile } from './listing.js';
import { listenForSearchKey } from './search.js';
import { showSending } from './sending.js';
import { keepUnfolded } from './staying.js';
import { saveTexts } from './texts.js';
import { tellRehearsal } from './trying.js';

htmx.config.includeIndicatorCSS = false;

takeEvidence(document);
keepDrafts(document);
saveByThemselves(document);
guardForms(document);
showSending(document);
helpRecording(document);
startCountdowns(document);
startInbox(document);
showOpenFile(document);
listenForSearchKey(document);
keepUnfolded(document);
tellRehearsal(document);
editors(document);
saveTexts(document);
completeExpressions(document);
keepFocus(document);
