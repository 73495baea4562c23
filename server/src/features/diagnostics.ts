/**
 * textDocument/diagnostic and workspace/diagnostic: what the checks find. For an editor that cannot ask, findings
 * are sent after typing pauses.
 */
import { DiagnosticRefreshRequest, DiagnosticSeverity, type Diagnostic, type WorkspaceDocumentDiagnosticReport } from 'vscode-languageserver';
import type { Document } from '../markup/document';
import { documentFindings, findings, findingsOfText, type Finding, type Severity } from '../checks/index';
import { textOf, texts } from '../contribution/scopes';
import { inForceOf } from './base';
import { rangeIn } from './documents';
import { breathe, type Feature } from './feature';
import { groupPrinter, list, Raw, utf8 } from './raw';

const SEVERITIES: Record<Severity, DiagnosticSeverity> = { error: DiagnosticSeverity.Error, warning: DiagnosticSeverity.Warning, information: DiagnosticSeverity.Information, hint: DiagnosticSeverity.Hint };
/** How long typing has to pause before findings are sent unasked, in milliseconds. */
const PAUSE = 250;

export const diagnostics: Feature = {
  capability: { diagnosticProvider: { identifier: 'resolute', interFileDependencies: true, workspaceDiagnostics: true } },
  register(connection, context) {
    const { documents, workspace } = context;
    connection.languages.diagnostics.on(async ({ textDocument: { uri }, previousResultId }) => {
      const open = documents.get(uri);
      if (!open) return { kind: 'full', items: [] };
      const base = await inForceOf(open.document, uri, workspace), resultId = idOf(open.document, base);
      if (previousResultId === resultId) return { kind: 'unchanged', resultId };
      return new Raw(list(`{"kind":"full","resultId":"${resultId}","items":[`, printed(open.document, uri, base), ']}')) as unknown as { kind: 'full'; items: [] };
    });
    connection.languages.diagnostics.onWorkspace(async ({ previousResultIds }, token, _progress, partial) => {
      const before = new Map(previousResultIds.map(({ uri, value }) => [uri, value])), items: WorkspaceDocumentDiagnosticReport[] = [];
      for (const uri of await workspace.uris()) {
        if (await breathe(token)) break;
        const document = await workspace.document(uri);
        if (!document) continue;
        const base = await inForceOf(document, uri, workspace), resultId = idOf(document, base), version = documents.get(uri)?.version ?? null;
        const report: WorkspaceDocumentDiagnosticReport = before.get(uri) === resultId
          ? { kind: 'unchanged', uri, version, resultId }
          : { kind: 'full', uri, version, resultId, items: findings(document, { base }).map(finding => diagnosticOf(document, uri, finding)) };
        if (partial) partial.report({ items: [report] }); else items.push(report);
      }
      return { items };
    });
    const send = async (uri: string): Promise<void> => {
      const asked = documents.get(uri), base = asked && await inForceOf(asked.document, uri, workspace), now = documents.get(uri);
      if (now !== asked) return; // the change that made it so sends anew
      await connection.sendDiagnostics({ uri, ...(now ? { version: now.version } : {}), diagnostics: now ? findings(now.document, { base }).map(finding => diagnosticOf(now.document, uri, finding)) : [] });
    };
    const pauses = new Map<string, NodeJS.Timeout>();
    documents.onChange(uri => {
      const open = documents.get(uri);
      if (!open) printers.delete(uri);
      if (context.client.textDocument?.diagnostic) return;
      clearTimeout(pauses.get(uri));
      pauses.set(uri, setTimeout(() => {
        pauses.delete(uri);
        void send(uri);
      }, open ? PAUSE : 0));
    });
    workspace.onChange(() => { if (context.client.workspace?.diagnostics?.refreshSupport) void connection.sendRequest(DiagnosticRefreshRequest.type).catch(() => { /* the editor has gone */ }); });
  },
};

const ids = new WeakMap<Document, string>();
let lastId = 0;

/** A name for the findings of a document: the same as long as it is the same document beside the same text in force. */
function idOf(document: Document, base: Document | null | undefined): string {
  let id = ids.get(document);
  if (!id) ids.set(document, id = String(++lastId));
  return base ? `${id}/${idOf(base, undefined)}` : base === null ? `${id}/-` : id;
}

/** For each open document, what prints the findings of its texts. */
const printers = new Map<string, ReturnType<typeof groupPrinter>>();

/** The findings as JSON, printed text by text; those of the document as a whole are few. */
function printed(document: Document, uri: string, base: Document | null | undefined): Buffer[] {
  let ofText = printers.get(uri);
  if (!ofText) printers.set(uri, ofText = groupPrinter(
    (document, g) => findingsOfText(document, textOf(document, g)).map(finding => print(document, uri, finding)).join(','),
    (document, g) => textOf(document, g).run));
  return [...texts(document).map(({ start }) => ofText(document, start)), utf8(documentFindings(document, base).map(finding => print(document, uri, finding)).join(','))];
}

const print = (document: Document, uri: string, finding: Finding): string => JSON.stringify(diagnosticOf(document, uri, finding));

export function diagnosticOf(document: Document, uri: string, { code, severity, message, placed, start, end, related }: Finding): Diagnostic {
  return {
    range: rangeIn(document, placed, start, end), severity: SEVERITIES[severity], code, source: 'Resolute', message,
    ...(related.length ? { relatedInformation: related.map(other => ({ location: { uri, range: rangeIn(document, other.placed, other.start, other.end) }, message: other.message })) } : {}),
  };
}
