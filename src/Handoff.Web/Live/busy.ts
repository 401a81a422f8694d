/** What can keep a part as it is while somebody is at it. */
const reasons: Record<string, (part: Element) => boolean> = {
  focus: part => part !== document.activeElement && part.contains(document.activeElement),
  field: part => part.querySelector(":is(input, textarea, select):focus") !== null,
  open: part => part.querySelector("details[open]") !== null,
  unsent: hasUnsent,
};

/** @param why the reasons that count for this part: `focus`, `field` (only a field's focus), `open` (something unfolded), `unsent`. */
export function isBusy(part: Element, why: string): boolean {
  return why.split(" ").some(reason => reasons[reason]?.(part));
}

/** Whether something in a part was typed, chosen or ticked that has not been sent. */
function hasUnsent(part: Element): boolean {
  const fields = [...part.querySelectorAll<HTMLInputElement>("textarea, input:not([type=hidden])")];
  const options = [...part.querySelectorAll<HTMLOptionElement>("option")];
  return fields.some(field => field.value !== field.defaultValue || field.checked !== field.defaultChecked)
    || options.some(option => option.selected && !option.defaultSelected && option.index > 0);
}
