using System.Globalization;

namespace CordisPulse.Core.Editions.Covered;

/// <summary>The words that a title is recognised by, whatever their order, case, accents and spelling; years apart, and numbers as digits.</summary>
public sealed class TitleWords
{
    /// <summary>A subtitle may make a title longer, but one title inside a much longer one says nothing.</summary>
    private const double LongerAtMost = 2.6;

    /// <summary>Titles of fewer words say too little to be compared otherwise than as a whole.</summary>
    private const int FewWords = 4;

    private static readonly HashSet<string> Common = ["a", "an", "and", "the", "of", "in", "on", "for", "to", "from", "with", "by", "at", "is", "are", "s"];

    private static readonly string[] Cardinals = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    private static readonly string[] Ordinals = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"];

    private static readonly string[] RomanOnes = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];

    private readonly MainTitle _main;

    private TitleWords(string[] words, string[] years, string[] numbers, MainTitle main)
        => (Words, Years, Numbers, Letters, _main) = (words, years, numbers, string.Concat(words), main);

    /// <summary>Each once, in the order of the title.</summary>
    public string[] Words { get; }

    /// <summary>The words without what parts them.</summary>
    public string Letters { get; }

    /// <summary>Four digits that begin with 19 or 20.</summary>
    public string[] Years { get; }

    /// <summary>All other numbers, each as often as it stands there, whether in digits, in words or as a Roman numeral.</summary>
    public string[] Numbers { get; }

    public static TitleWords Of(string title)
    {
        var (words, years, numbers) = (new List<string>(), new List<string>(), new List<string>());
        var (before, ofMain) = ("", 0);
        var folded = MainTitle.FoldWithEnd(title, out var end);
        foreach (var (word, start) in Split(folded))
        {
            if (IsYear(word))
                years.Add(word);
            else if (!EndsYear(before, word))
            {
                var number = NumberOf(word);
                // What stands around the digits of "q1" and "2nd" tells no more than they do.
                words.Add(number ?? EnglishSpelling.Fold(word));
                if (number is not null)
                    numbers.Add(number);
            }

            ofMain = start < end ? words.Count : ofMain;
            before = word;
        }

        var telling = words.Where(IsTelling).Distinct().ToArray();
        var main = words.Take(ofMain).Where(IsTelling).Distinct().Count();
        return new TitleWords(telling.Length > 0 ? telling : [.. words.Distinct()], [.. years.Distinct()], [.. numbers], MainTitle.Of(telling, main));
    }

    /// <summary>Three letters in a row of each word, its ends marked, so that one wrong letter leaves most of them.</summary>
    public IEnumerable<long> Trigrams() => Trigrams(Words);

    /// <summary>Those of the main title; none where there is no subtitle to hide them.</summary>
    public IEnumerable<long> MainTrigrams() => _main.HasSubtitle ? Trigrams(Words.Take(_main.Length)) : [];

    private static IEnumerable<long> Trigrams(IEnumerable<string> words)
    {
        foreach (var word in words)
        {
            var (a, b) = ('\0', '\0');
            foreach (var c in word)
            {
                (var first, a, b) = (a, b, c);
                if (a != '\0')
                    yield return Pack(first, a, b);
            }

            yield return Pack(a, b, '\0');
        }
    }

    /// <summary>1 for the same words; 0 where too little can be compared.</summary>
    public double LikenessTo(TitleWords other)
    {
        var (shorter, longer) = Words.Length <= other.Words.Length ? (this, other) : (other, this);
        if (shorter.Words.Length == 0 || IsOfAnotherNumber(other))
            return 0;
        if (IsMainTitleOf(other))
            return 1;
        if (shorter.Words.Length < FewWords)
            return shorter.Words.Length == longer.Words.Length && shorter.CountShared(longer) == shorter.Words.Length ? 1 : 0;
        if (longer.Words.Length > shorter.Words.Length * LongerAtMost)
            return 0;
        // A letter or a space that was lost, in whatever word.
        if (EditDistance.IsWithin(Letters, other.Letters, 1))
            return 1;
        return (double)shorter.CountShared(longer) / shorter.Words.Length;
    }

    /// <summary>Each word answers for one of the other title; the very same word before one that is a letter off.</summary>
    public int CountShared(TitleWords other) => CountShared(Words, other.Words);

    private static int CountShared(string[] words, IEnumerable<string> others)
    {
        var free = others.ToList();
        var unlike = words.Where(word => !free.Remove(word)).ToList();
        var shared = words.Length - unlike.Count;
        foreach (var word in unlike)
            if (free.FindIndex(known => IsSameWord(word, known)) is >= 0 and var at)
            {
                free.RemoveAt(at);
                shared++;
            }

        return shared;
    }

    /// <summary>The words that the other title has not.</summary>
    public TitleWords Without(TitleWords other) => new([.. Words.Except(other.Words)], Years, Numbers, default);

    /// <summary>Both name years, and none in common: the next report of a series.</summary>
    public bool IsOfAnotherYear(TitleWords other) => Years.Length > 0 && other.Years.Length > 0 && !Years.Intersect(other.Years).Any();

    /// <summary>One is the main title of the other, or both are, with nothing behind it that names another report.</summary>
    private bool IsMainTitleOf(TitleWords other)
    {
        var length = _main.Length;
        return length == other._main.Length
            && (_main.HasSubtitle || other._main.HasSubtitle)
            && !(_main.HasSubtitleOfItsOwn && other._main.HasSubtitleOfItsOwn)
            && MainTitle.Tells(Words.AsSpan(0, length), Years.Intersect(other.Years).Any())
            && CountShared(Words[..length], other.Words.Take(length)) == length;
    }

    /// <summary>Each has a number that the other has not: another part, issue or quarter, and so another report. One that is left out says nothing.</summary>
    private bool IsOfAnotherNumber(TitleWords other)
    {
        if (Numbers.Length == 0 || other.Numbers.Length == 0)
            return false;
        var free = other.Numbers.ToList();
        var own = Numbers.Where(number => !free.Remove(number)).ToList();
        return own.Count > 0 && free.Count > 0;
    }

    /// <summary>A letter off: one in a word of five letters, two in a word of eight (an ending, s for z, a slip).</summary>
    private static bool IsSameWord(string a, string b)
    {
        var length = Math.Min(a.Length, b.Length);
        var allowed = length >= 8 ? 2 : length >= 5 ? 1 : 0;
        return allowed > 0 && EditDistance.IsWithin(a, b, allowed);
    }

    private static long Pack(char a, char b, char c) => ((long)a << 32) | ((long)b << 16) | c;

    private static bool IsTelling(string word) => !Common.Contains(word);

    private static bool IsYear(string word) => word is ['1', '9', _, _] or ['2', '0', _, _] && word.All(char.IsAsciiDigit);

    /// <summary>The second half of "2021/22".</summary>
    private static bool EndsYear(string before, string word)
        => word.Length == 2 && IsYear(before) && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var end)
            && end == (int.Parse(before, CultureInfo.InvariantCulture) + 1) % 100;

    private static string? NumberOf(string word)
    {
        if (word.Any(char.IsAsciiDigit))
            return string.Concat(word.Where(char.IsAsciiDigit)).TrimStart('0') is { Length: > 0 } digits ? digits : "0";
        var place = Math.Max(Array.IndexOf(Cardinals, word), Array.IndexOf(Ordinals, word));
        return place >= 0 ? (place + 1).ToString(CultureInfo.InvariantCulture) : RomanNumber(word)?.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>I to XXXIX: parts and volumes go no higher, and beyond them the letters make words.</summary>
    private static int? RomanNumber(string word)
    {
        if (word.Length > 7 || word.Any(c => c is not ('i' or 'v' or 'x')))
            return null;
        var tens = word.TakeWhile(c => c == 'x').Count();
        var ones = Array.IndexOf(RomanOnes, word[tens..]);
        return tens <= 3 && ones >= 0 ? (tens * 10) + ones : null;
    }

    private static IEnumerable<(string Word, int Start)> Split(string folded)
    {
        var start = -1;
        for (var i = 0; i <= folded.Length; i++)
        {
            var isPart = i < folded.Length && char.IsLetterOrDigit(folded[i]);
            if (isPart && start < 0)
                start = i;
            else if (!isPart && start >= 0)
            {
                yield return (folded[start..i], start);
                start = -1;
            }
        }
    }
}
