/** resolute/importCatalogue: a catalogue from the public bibliographic records of ITU, which the user has on a disk. */
import { ErrorCodes, LSPErrorCodes, NotificationType, RequestType, ResponseError } from 'vscode-languageserver';
import { catalogueOf, printCatalogue, readRecord } from '../knowledge/relaton';
import { breathe, type Feature } from './feature';

export const ImportCatalogueRequest = new RequestType<{ uri: string }, { text: string; recommendations: number }, void>('resolute/importCatalogue');
/** How many records have been read so far. */
export const ImportProgress = new NotificationType<{ uri: string; read: number }>('resolute/importProgress');

export const importCatalogue: Feature = {
  capability: {},
  register(connection, { workspace }) {
    connection.onRequest(ImportCatalogueRequest, async ({ uri }, token) => {
      const records = workspace.records(uri);
      if (!records) return new ResponseError(ErrorCodes.InvalidRequest, 'Records can be imported from a disk only.');
      const editions: NonNullable<ReturnType<typeof readRecord>>[] = [];
      let read = 0;
      try {
        for await (const text of records) {
          const edition = readRecord(text);
          if (edition) editions.push(edition);
          if (++read % 200 === 0) void connection.sendNotification(ImportProgress, { uri, read });
          // There are some twenty thousand: typing goes on meanwhile.
          if (await breathe(token)) return new ResponseError(LSPErrorCodes.RequestCancelled, 'The import was cancelled.');
        }
      } catch (error) { return new ResponseError(ErrorCodes.InvalidParams, (error as Error).message); }
      if (!editions.length) return new ResponseError(ErrorCodes.InvalidParams, 'There are no records of Recommendations in it (YAML files of the relaton data of ITU).');
      const made = catalogueOf(editions);
      return { text: printCatalogue(made), recommendations: made.recommendations!.length };
    });
  },
};
