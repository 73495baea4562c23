/**
 * What is derived from an immutable object is computed once and kept with it: `memo(f)` gives a function that
 * calls `f` once for each block, group or document. Nothing has to be invalidated, because nothing changes.
 */
export function memo<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  return key => {
    const kept = (key as Keeping)[KEPT] ?? keep(key);
    for (let i = 0; i < kept.length; i += 2) if (kept[i] === compute) return kept[i + 1] as V;
    const value = compute(key);
    kept.push(compute, value);
    return value;
  };
}

/** On the object itself, in pairs of function and value: looked up at every keystroke for every group, a WeakMap costs ten times that. */
const KEPT = Symbol('kept');
interface Keeping { readonly [KEPT]?: unknown[] }

function keep(key: object): unknown[] {
  const kept: unknown[] = [];
  Object.defineProperty(key, KEPT, { value: kept }); // not enumerable: a copy of the object starts anew
  return kept;
}
