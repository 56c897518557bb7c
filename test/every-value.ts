/**
 * Test data that knows which of its values were read: `unread` names the others, so that a value nobody compares
 * with anything fails a test instead of looking proven. Where values come from (`source`) need not be read.
 */
export function watchReads<T extends object>(data: T): { data: T; unread: () => string[] } {
  const read = new Set<string>();
  return { data: watched(data, '', read), unread: () => leaves(data, '').filter((path) => !read.has(path)) };
}

function watched<T extends object>(value: T, path: string, read: Set<string>): T {
  return new Proxy(value, {
    get(target, key, receiver) {
      const found: unknown = Reflect.get(target, key, receiver);
      const at = `${path}/${String(key)}`;
      if (typeof found === 'object' && found !== null) return watched(found, at, read);
      read.add(at);
      return found;
    },
  });
}

function leaves(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, each]) => (key === 'source' ? [] : leaves(each, `${path}/${key}`)));
}
