/** Whether something in a part was typed, chosen or ticked that has not been sent. */
export function hasUnsent(part: Element): boolean {
  return [...part.querySelectorAll<HTMLInputElement>("textarea, input:not([type=hidden])")].some(field => field.value !== field.defaultValue || field.checked !== field.defaultChecked)
    || [...part.querySelectorAll<HTMLOptionElement>("option")].some(option => option.selected && !option.defaultSelected && option.index > 0);
}
