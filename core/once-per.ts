/**
 * Memoizes a function of an object, such as an index of a document. The object must not change. The result is released with
 * the object and must be treated as read-only.
 * @param make a pure function, called once per object
 */
export function oncePer<Of extends object, Made>(make: (of: Of) => Made): (of: Of) => Made {
  const made = new WeakMap<Of, { value: Made }>();
  return (of) => {
    const known = made.get(of);
    if (known) return known.value;
    const value = make(of);
    made.set(of, { value });
    return value;
  };
}
