/** Everything in what a saver gave, as text; two equal stores give equal text. */
export function renderStored(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    item instanceof Map ? [...item] : item instanceof Set ? [...item] : item,
  )
}
