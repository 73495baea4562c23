/** A large catalogue of invented Recommendations. */
import type { CatalogueFile } from '../../src/knowledge/catalogue';

const WHAT = ['Requirements', 'Framework', 'Overview', 'Architecture', 'Interoperability testing', 'Reference model', 'Security capabilities', 'Terms'];
const OF = ['networks', 'gardens', 'lighthouses', 'meters', 'buildings', 'harbours', 'timetables', 'bridges', 'sensors', 'libraries', 'orchards'];
const FOR = ['in towns', 'for islands', 'of the second generation', 'at low power', 'over long distances', 'with delay', 'for seasonal use'];

/** So many Recommendations in ten series, every seventh with a second number. */
export function generated(count: number): CatalogueFile {
  return {
    about: 'Invented.', sources: { made: 'invented' },
    recommendations: Array.from({ length: count }, (_, i) => ({
      number: `${'QXGHFJMLEZ'[i % 10]}.${1 + Math.floor(i / 10)}`, ...i % 7 ? {} : { also: [`V.${i + 1}`] },
      title: `${WHAT[i % WHAT.length]} of ${OF[i % OF.length]} and ${OF[(i * 3) % OF.length]} ${FOR[i % FOR.length]}, part ${i}`, edition: `${String(1 + i % 12).padStart(2, '0')}/${1990 + i % 36}`, status: 'in force', source: 'made',
    })),
  };
}
