using Microsoft.Playwright;

namespace CordisPulse.BrowserTests;

/// <summary>What a browser can tell of a page beyond the rules of axe. Each answers with what is wrong, a line for each; none when all is well.</summary>
internal static class ReadingChecks
{
    /// <summary>Text that its box cuts off, and text that stands on other text. What scrolls and what is for screen readers alone is left out.</summary>
    public static Task<string[]> FindCutOrOverlappingAsync(this IPage page) => page.EvaluateAsync<string[]>(
        """
        () => {
          const shown = element => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.unseen, .skip, svg');
          const said = element => element.textContent.trim().replace(/\s+/g, ' ').slice(0, 40);
          const cut = [...document.body.querySelectorAll('*')].filter(element => {
            if (!shown(element) || element.matches('input, textarea, select'))
              return false;
            const style = getComputedStyle(element);
            return (/hidden|clip/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1)
              || (/hidden|clip/.test(style.overflowY) && element.scrollHeight > element.clientHeight + 1);
          }).map(element => `cut: ${said(element)}`);

          const lines = [];
          const add = (parent, boxes, words) => {
            let block = parent;
            while (getComputedStyle(block).display === 'inline') block = block.parentElement;
            for (let { left, top, right, bottom } of boxes) {
              for (let around = parent; around !== document.body; around = around.parentElement)
                if (getComputedStyle(around).overflowY !== 'visible' && getComputedStyle(around).display !== 'inline') {
                  const frame = around.getBoundingClientRect();
                  [left, top, right, bottom] = [Math.max(left, frame.left), Math.max(top, frame.top), Math.min(right, frame.right), Math.min(bottom, frame.bottom)];
                }
              if (right - left > 1 && bottom - top > 1)
                lines.push({ block, words, left, top, right, bottom });
            }
          };
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let text; text = texts.nextNode();) {
            if (!text.data.trim() || !shown(text.parentElement))
              continue;
            const range = document.createRange();
            range.selectNodeContents(text);
            add(text.parentElement, range.getClientRects(), text.data.trim().slice(0, 40));
          }
          for (const field of document.querySelectorAll('input:not([type=hidden]), textarea, select'))
            if (shown(field))
              add(field, [field.getBoundingClientRect()], `the field ${field.name}`);

          const overlapping = [];
          lines.sort((one, other) => one.top - other.top);
          lines.forEach((one, at) => {
            for (let next = at + 1; next < lines.length && lines[next].top < one.bottom; next++) {
              const other = lines[next];
              // Lines of one text may be set close.
              if (other.block === one.block)
                continue;
              const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
              const down = Math.min(one.bottom, other.bottom) - other.top;
              if (across > 2 && down > .35 * Math.min(one.bottom - one.top, other.bottom - other.top))
                overlapping.push(`overlapping: ${one.words} | ${other.words}`);
            }
          });
          return [...cut, ...overlapping];
        }
        """);

    /// <summary>Text in the colour of what it stands on.</summary>
    public static Task<string[]> FindUnseenTextAsync(this IPage page) => page.EvaluateAsync<string[]>(
        """
        () => [...document.body.querySelectorAll('*')]
          .filter(element => element.checkVisibility() && [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim()))
          .filter(element => {
            let ground = element;
            while (ground.parentElement && /, 0\)$/.test(getComputedStyle(ground).backgroundColor)) ground = ground.parentElement;
            return getComputedStyle(element).color === getComputedStyle(ground).backgroundColor;
          })
          .map(element => `unseen: ${element.textContent.trim().slice(0, 40)}`)
        """);

    /// <summary>Presses Tab from the top of the page: every link, field and button comes once, in the order of the page, and is seen to have the focus.</summary>
    public static async Task<string[]> FindOutOfReachAsync(this IPage page)
    {
        // A field for a month takes a press for each of its parts.
        const int mostSpare = 12;
        var stops = await page.EvaluateAsync<int>(
            """
            () => {
              window.stops = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]')]
                .filter(element => element.tabIndex >= 0 && !element.disabled && element.checkVisibility({ visibilityProperty: true }));
              window.reached = [];
              // From the top, wherever the page has put the focus.
              const top = document.createElement('span');
              top.tabIndex = -1;
              document.body.prepend(top);
              top.focus();
              document.addEventListener('focusin', ({ target }) => {
                const { outlineStyle, outlineWidth } = getComputedStyle(target);
                const { left, top, right, bottom } = target.getBoundingClientRect();
                reached.push({ at: stops.indexOf(target), seen: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && right > 0 && bottom > 0 && left < innerWidth && top < innerHeight });
              });
              return stops.length;
            }
            """);
        for (var pressed = 0; pressed < stops + mostSpare; pressed++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (pressed >= stops - 1 && await page.EvaluateAsync<bool>("reached.length >= stops.length"))
                break;
        }

        return await page.EvaluateAsync<string[]>(
            """
            () => {
              const named = at => at < 0 ? 'something else' : `${stops[at].localName} ${stops[at].textContent.trim() || stops[at].name}`;
              const wrong = reached.filter(({ seen }) => !seen).map(({ at }) => `the focus is not seen on ${named(at)}`);
              const order = stops.findIndex((_, at) => reached[at]?.at !== at);
              if (order >= 0)
                wrong.push(`stop ${order} should be ${named(order)}, and is ${reached[order] ? named(reached[order].at) : 'never reached'}`);
              return wrong;
            }
            """);
    }

    /// <summary>One <c>h1</c>, and no level left out on the way down; a title and headings that say something.</summary>
    public static Task<string[]> FindOddHeadingsAsync(this IPage page) => page.EvaluateAsync<string[]>(
        """
        () => {
          const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(heading => heading.checkVisibility());
          const wrong = headings.filter(heading => !heading.textContent.trim()).map(heading => `an empty ${heading.localName}`);
          if (headings.filter(heading => heading.localName === 'h1').length !== 1 || headings[0].localName !== 'h1')
            wrong.push('not one h1, before every other heading');
          headings.reduce((level, heading) => {
            if (+heading.localName[1] > level + 1)
              wrong.push(`${heading.localName} after h${level}: ${heading.textContent.trim()}`);
            return +heading.localName[1];
          }, 0);
          return wrong;
        }
        """);

    /// <summary>Links of the same words that lead to different places, within the page or within one labelled list of links, and words that say nothing.</summary>
    public static Task<string[]> FindAmbiguousLinksAsync(this IPage page) => page.EvaluateAsync<string[]>(
        """
        () => {
          const wrong = [];
          const targets = new Map();
          for (const link of [...document.querySelectorAll('a[href]')].filter(link => link.checkVisibility())) {
            const name = (link.getAttribute('aria-label') ?? link.textContent).replace(/\s+/g, ' ').trim();
            if (!name || /^(here|click here|more|read more|link|this)$/i.test(name))
              wrong.push(`'${name}' says nothing of ${link.href}`);
            const key = `${link.closest('nav[aria-label]')?.getAttribute('aria-label') ?? ''}|${name.toLowerCase()}`;
            const known = targets.get(key) ?? link.href;
            if (known !== link.href)
              wrong.push(`'${name}' leads to ${known} and to ${link.href}`);
            targets.set(key, known);
          }
          return wrong;
        }
        """);

    public static Task<string[]> FindMotionAsync(this IPage page) => page.EvaluateAsync<string[]>(
        """
        () => [...document.querySelectorAll('*')].filter(element => [null, '::before', '::after'].some(part => {
          const style = getComputedStyle(element, part);
          return style.animationName !== 'none' || style.transitionDuration.split(',').some(time => parseFloat(time) > 0) || style.scrollBehavior === 'smooth';
        })).map(element => `moves: ${element.cloneNode().outerHTML}`)
        """);

    /// <summary>On paper: addresses of other sites that are not given in full, and what is of no use there.</summary>
    public static Task<string[]> FindOddInPrintAsync(this IPage page) => page.EvaluateAsync<string[]>(
        """
        () => {
          const shown = element => element.checkVisibility();
          const wrong = [...document.querySelectorAll('.skip, header nav, footer nav, .search, aside')].filter(shown).map(element => `printed: ${element.cloneNode().outerHTML}`);
          const given = new Map();
          for (const link of [...document.querySelectorAll('a[href^="http"]')].filter(link => shown(link) && link.host !== location.host)) {
            const after = getComputedStyle(link, '::after').content;
            const address = link.getAttribute('href');
            given.set(address, given.get(address) || after.includes('attr(href)') || after.includes(address) || link.textContent.includes(address));
          }
          for (const [address, isGiven] of given)
            if (!isGiven)
              wrong.push(`not given: ${address}`);
          for (const entry of document.querySelectorAll('.entry'))
            if (!/^https?:/.test([...entry.querySelectorAll('.printed')].find(shown)?.textContent ?? ''))
              wrong.push(`without its address: ${entry.textContent.trim().replace(/\s+/g, ' ').slice(0, 60)}`);
          return wrong;
        }
        """);
}
