// Shows what a browser has kept of a form beside what the form says, field by field, with the words that differ marked. Both are text of
// anybody's: they are never read as HTML.

// The fields, from the top of the form, that the copy would change. What can't be seen is none of them.
export function differing(form, fields) {
  const typed = new URLSearchParams(fields);
  return [...form.elements].filter(field => field.labels?.length > 0 && (isTick(field) ? field.name.startsWith("Form.") : typed.has(field.name)) && plain(keptOf(field, typed)) !== plain(saidBy(field)));
}

export function compare(form, fields) {
  const typed = new URLSearchParams(fields);
  return differing(form, fields).map(field => {
    const label = field.labels[0].textContent;
    const [before, after] = [wordsOf(field, saidBy(field)), wordsOf(field, keptOf(field, typed))];
    const [start, end] = sameEnds(before, after);
    const both = document.createElement("section");
    both.className = "versions";
    both.setAttribute("aria-label", label);
    both.append(version(`${label}: in the form`, before, start, end), version(`${label}: what you typed`, after, start, end));
    return both;
  });
}

function isTick(field) {
  return field.type === "checkbox";
}

function saidBy(field) {
  return isTick(field) ? ticked(field.checked) : field.value;
}

function keptOf(field, typed) {
  return isTick(field) ? ticked(typed.getAll(field.name).includes(field.value)) : typed.get(field.name);
}

function ticked(is) {
  return is ? "ticked" : "not ticked";
}

function version(heading, text, start, end) {
  const made = document.createElement("div");
  const title = document.createElement("h3");
  const words = document.createElement("pre");
  title.textContent = heading;
  if (text === "") {
    words.textContent = "(empty)";
  } else {
    const mark = document.createElement("mark");
    mark.textContent = text.slice(start, text.length - end);
    words.append(text.slice(0, start), ...(mark.textContent ? [mark] : []), text.slice(text.length - end));
  }
  made.append(title, words);
  return made;
}

// How many characters are the same before and after what differs, to whole words.
function sameEnds(one, other) {
  const most = Math.min(one.length, other.length);
  let start = 0;
  while (start < most && one[start] === other[start]) {
    start++;
  }
  while (start > 0 && (isInWord(one, start) || isInWord(other, start))) {
    start--;
  }
  let end = 0;
  while (end < most - start && one.at(-1 - end) === other.at(-1 - end)) {
    end++;
  }
  while (end > 0 && (isInWord(one, one.length - end) || isInWord(other, other.length - end))) {
    end--;
  }
  return [start, end];
}

function isInWord(text, at) {
  return at > 0 && at < text.length && !/\s/.test(text[at - 1]) && !/\s/.test(text[at]);
}

// A choice is shown by its name.
function wordsOf(field, value) {
  const option = field.options && [...field.options].find(one => one.value === value);
  return plain(option ? option.text : value);
}

function plain(text) {
  return text.replace(/\r\n?/g, "\n").trim();
}
