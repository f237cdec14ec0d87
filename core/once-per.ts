/**
 * Makes something of an object once, however often it is asked for: an index of a document, the words of a metric. Such
 * objects do not change. What is made is forgotten with the object, and must be treated as read-only by those who get it.
 * @param make pure; called once for each object
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
