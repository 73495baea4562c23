/** textDocument/codeAction: the corrections of what the checks find, and decisions about changes. Their edits are worked out when one is chosen. */
import { CodeActionKind, type CodeAction, type Diagnostic, type WorkspaceEdit } from 'vscode-languageserver';
import type { Document } from '../markup/document';
import type { Edit } from '../markup/edit';
import { viewText } from '../markup/views';
import { ownVoice, voiceOf } from '../changes/attributes';
import { decide, type Decision } from '../changes/decide';
import { changesOf, statusesIn, type BlockChange } from '../changes/status';
import { documentFindings, findings, findingsOfText, type Finding } from '../checks/index';
import { texts } from '../contribution/scopes';
import { inForceOf } from './base';
import { changesIn } from './changes';
import type { OpenDocument } from './documents';
import type { Context, Feature } from './feature';
import { textEdits } from './formatting';
import type { Span } from './linked';

/** Corrections that nobody has to look at; an editor can be told to make them on saving. */
const FIX_ALL = `${CodeActionKind.SourceFixAll}.resolute`;

/** By which an action is found again: the finding with this code at these offsets, and which of its fixes. */
interface ChosenFix { readonly code: string; readonly start: number; readonly end: number; readonly fix: number }
type Chosen = { readonly uri: string; readonly version: number } & (ChosenFix | { readonly decision: Decision; readonly start: number; readonly end: number });

export const codeAction: Feature = {
  capability: { codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.Refactor, FIX_ALL], resolveProvider: true } },
  register(connection, context) {
    const { documents, workspace } = context;
    connection.onCodeAction(async ({ textDocument: { uri }, range, context: { only, diagnostics } }) => {
      const open = documents.get(uri);
      if (!open) return [];
      const base = await inForceOf(open.document, uri, workspace), { document, version } = open, later = resolves(context), actions: CodeAction[] = [], asked = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
      if (!only || only.some(kind => isWithin(CodeActionKind.QuickFix, kind))) {
        for (const finding of findingsIn(document, asked, base)) {
          const span = spanOf(finding), about = diagnostics.filter(diagnostic => isAbout(document, diagnostic, finding));
          finding.fixes.forEach((fix, i) => actions.push({
            title: fix.title, kind: CodeActionKind.QuickFix, ...(about.length ? { diagnostics: about } : {}), ...(fix.preferred ? { isPreferred: true } : {}),
            ...(later ? { data: { uri, version, code: finding.code, ...span, fix: i } satisfies Chosen } : { edit: workspaceEdit(context, open, fix.edits(document, finding)) }),
          }));
        }
      }
      if (!only || only.some(kind => isWithin(CodeActionKind.Refactor, kind))) {
        for (const { title, decision } of decisions(document, asked)) actions.push({
          title, kind: CodeActionKind.Refactor,
          ...(later ? { data: { uri, version, decision, ...asked } satisfies Chosen } : { edit: workspaceEdit(context, open, decide(document, decision, { range: asked })) }),
        });
      }
      if (only?.some(kind => isWithin(FIX_ALL, kind))) {
        const edits = sureEdits(document);
        if (edits.length) actions.push({ title: 'Correct what can be corrected without a question', kind: FIX_ALL, edit: workspaceEdit(context, open, edits) });
      }
      return actions;
    });
    connection.onCodeActionResolve(async action => {
      const chosen = action.data as Chosen | undefined, open = chosen && documents.get(chosen.uri);
      // What has been typed since may have made the correction wrong.
      if (!open || open.version !== chosen.version) return action;
      const { document } = open;
      if ('decision' in chosen) return { ...action, edit: workspaceEdit(context, open, decide(document, chosen.decision, { range: chosen })) };
      const base = await inForceOf(document, open.uri, workspace);
      const finding = findingsIn(document, chosen, base).find(candidate => candidate.code === chosen.code && spanOf(candidate).start === chosen.start && spanOf(candidate).end === chosen.end);
      const fix = finding?.fixes[chosen.fix];
      return fix ? { ...action, edit: workspaceEdit(context, open, fix.edits(document, finding)) } : action;
    });
  },
};

const NOUNS: Record<BlockChange['kind'], string> = { insertion: 'insertion', deletion: 'deletion', replacement: 'replacement', split: 'new paragraph', join: 'joining of paragraphs' };

/** What can be decided about the changes in a selection, or about the innermost one at the cursor. */
function decisions(document: Document, span: Span): { readonly title: string; readonly decision: Decision }[] {
  const found = changesIn(document, span), [first] = found;
  if (!first) return [];
  const { change: { kind, mark, move }, placed: { block, group, index } } = first, { authors } = voiceOf(mark, ownVoice(document));
  // Nothing has to name a move: it is one where the whole paragraph stands in this mark.
  const moved = move ?? (changesOf(block).filter(change => change.kind === kind).length === 1 && statusesIn(document, group)[index]!.move && kind === (block.final ? 'insertion' : 'deletion'));
  const what = found.length > 1 ? `${found.length} changes in the selection` : `this ${moved ? 'move' : NOUNS[kind]}${authors.length ? ` (${authors.join('; ')})` : ''}`;
  return [{ title: `Accept ${what}`, decision: 'accept' }, { title: `Reject ${what}`, decision: 'reject' }];
}

/** Whether a kind of action is one of those that are asked for: `source.fixAll.resolute` is a `source.fixAll`. */
const isWithin = (kind: string, asked: string): boolean => kind === asked || kind.startsWith(`${asked}.`);

const resolves = ({ client }: Context): boolean => client.textDocument?.codeAction?.dataSupport === true && client.textDocument.codeAction.resolveSupport?.properties.includes('edit') === true;

const spanOf = ({ placed, start, end }: Finding): Span => ({ start: placed.start + start, end: placed.start + end });

/** What is found in the stretch, or at its ends. */
export function findingsIn(document: Document, { start, end }: Span, base?: Document | null): Finding[] {
  const from = document.blockAt(start), to = document.blockAt(end);
  if (!from || !to) return [];
  const within = texts(document).filter(text => text.start <= to.group && text.end > from.group).flatMap(text => findingsOfText(document, text));
  return [...documentFindings(document, base), ...within].filter(finding => spanOf(finding).start <= end && spanOf(finding).end >= start);
}

const isAbout = (document: Document, { code, range }: Diagnostic, finding: Finding): boolean =>
  code === finding.code && document.offsetAt(range.start) === spanOf(finding).start && document.offsetAt(range.end) === spanOf(finding).end;

/** The preferred corrections that change no word of either view; of two that meet, the first. */
export function sureEdits(document: Document): Edit[] {
  const sure: Edit[] = [], words = (text: Document) => viewText(text, 'original') + viewText(text, 'final'), now = words(document);
  for (const finding of findings(document)) {
    const edits = finding.fixes.find(({ preferred }) => preferred)?.edits(document, finding) ?? [];
    if (!edits.length || edits.some(edit => sure.some(other => edit.start <= other.end && edit.end >= other.start))) continue;
    const after = [...edits].sort((a, b) => b.start - a.start).reduce((text, { start, end, text: inserted }) => text.edit(start, end, inserted), document);
    if (words(after) === now) sure.push(...edits);
  }
  return sure.sort((a, b) => a.start - b.start);
}

function workspaceEdit({ client }: Context, { uri, version, document }: OpenDocument, edits: readonly Edit[]): WorkspaceEdit {
  const changes = textEdits(document, edits);
  return client.workspace?.workspaceEdit?.documentChanges ? { documentChanges: [{ textDocument: { uri, version }, edits: changes }] } : { changes: { [uri]: changes } };
}
