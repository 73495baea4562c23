/** Conferences and assemblies of ITU that adopt resolutions, and where and when they met. */
import data from '../../data/conferences.json';

export interface Conference {
  /** Its short name: `WTSA`, `PP`. */
  readonly body: string;
  readonly name: string;
  /** How its own resolutions speak of it. */
  readonly callsItself: 'this conference' | 'this assembly';
  readonly meetings: readonly { readonly place: string; readonly year: number }[];
  readonly source: string;
}

export const CONFERENCES = data.conferences as readonly Conference[];
