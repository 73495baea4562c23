/**
 * What is derived from an immutable object is computed once and kept with it: `memo(f)` gives a function that
 * calls `f` once for each block, group or document. Nothing has to be invalidated, because nothing changes.
 */
export function memo<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const values = new WeakMap<K, { value: V }>();
  return key => {
    let entry = values.get(key);
    if (!entry) values.set(key, entry = { value: compute(key) });
    return entry.value;
  };
}
