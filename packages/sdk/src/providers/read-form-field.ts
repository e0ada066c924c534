/** Reads one field of a multipart form from the text of its body, however much of a file lies around it. */
export function readFormField(text: string, name: string): string | undefined {
  const at = text.indexOf(`name="${name}"`);
  const start = at < 0 ? -1 : text.indexOf('\r\n\r\n', at) + 4;
  const end = start < 4 ? -1 : text.indexOf('\r\n--', start);
  return end < 0 ? undefined : text.slice(start, end);
}
