namespace CordisPulse.Core.Subscriptions.Lists;

/// <summary>What a column of a list is read as.</summary>
public enum ColumnUse
{
    LeftOut,
    Email,
    Name,
    FirstName,
    LastName,
    Organisation,

    /// <summary>Names or slugs, with semicolons between.</summary>
    Sectors,

    /// <summary>Keeps out whoever is not active. A list may have several such columns, and each keeps people out.</summary>
    Status,

    /// <summary>Keeps out whoever has anything but "no" there: a "yes", or the day on which they left. Several, as with <see cref="Status"/>.</summary>
    HasLeft,
}

/// <summary>How the columns of a list are read, and whether its first row names them.</summary>
public sealed record ListColumns(bool HasHeader, IReadOnlyList<ColumnUse> Uses)
{
    /// <summary>Rows that are looked at to find the column of addresses where no name tells it.</summary>
    public const int RowsLookedAt = 100;

    /// <summary>A title and some words on what the list is stand above the headings of many a list, and no more than these.</summary>
    private const int RowsOfHeadings = 10;

    /// <summary>
    /// The words alone, without what stands between them. Those that say who may be mailed are as Mailchimp, Campaign Monitor, Dotdigital,
    /// Salesforce, HubSpot, Constant Contact, Brevo and Shopify export them, and as people write them.
    /// </summary>
    private static readonly Dictionary<string, ColumnUse> Names = new (ColumnUse Use, string Names)[]
    {
        (ColumnUse.Email, "email emailaddress mail mailaddress emailaddresses workemail contactemail"),
        (ColumnUse.Name, "name fullname displayname contactname"),
        (ColumnUse.FirstName, "firstname forename givenname"),
        (ColumnUse.LastName, "lastname surname familyname"),
        (ColumnUse.Organisation, "organisation organization company companyname employer"),
        (ColumnUse.Sectors, "sectors sector"),
        (ColumnUse.Status,
            "status state emailstatus mailstatus subscriptionstatus subscriberstatus subscribestatus memberstatus contactstatus mailingstatus marketingstatus "
            + "emailmarketingstatus emailpermissionstatus consentstatus optinstatus subscribed issubscribed currentlysubscribed subscribedtoemail subscribedtoemails "
            + "active isactive optin optedin emailoptin emailoptedin hasoptedin hasoptedintoemail marketingoptin marketingoptedin newsletteroptin gdproptin "
            + "gdproptedin doubleoptin consent consented consentgiven hasconsent hasconsented emailconsent marketingconsent emailmarketingconsent gdprconsent "
            + "consenttoemail consenttomail consenttocontact consenttomarketing permission permissions emailpermission emailpermissions marketingpermission "
            + "marketingpermissions permissiontoemail permissiontocontact oktoemail oktomail oktocontact canemail canmail cancontact canbeemailed canbemailed "
            + "canbecontacted mayemail maycontact maybecontacted allowemail allowemails allowmarketing acceptsmarketing acceptsemailmarketing acceptsemail "
            + "acceptsemails agreestoemail agreestomarketing"),
        (ColumnUse.HasLeft,
            "unsubscribed unsubscribe isunsubscribed hasunsubscribed unsub unsubbed unsubtime unsubdate unsubreason unsubscribetime unsubscribedtime unsubscribedat "
            + "unsubscribedon unsubscribedate unsubscribeddate unsubscribereason unsubscribedreason dateunsubscribed timeunsubscribed unsubscribedfromallemail "
            + "unsubscribedfromallemails unsubscribedfromall unsubscribedfromemail globalunsubscribe optout optedout hasoptedout optouttime optoutdate optoutat "
            + "optouton optoutreason optedoutat optedouton optedoutdate optedouttime dateoptedout dateofoptout emailoptout emailoptedout emailoptoutdate "
            + "emailoptouttime emailoptoutreason emailoptoutsource optoutsource optedoutofemail optedoutofemails hasoptedoutofemail hasoptedoutofemails optoutofemail "
            + "optoutofemails marketingoptout marketingoptedout optedoutofmarketing gdproptout gdproptedout globaloptout newsletteroptout hasleft left dateleft "
            + "leftat lefton bounced bounce isbounced hasbounced bouncedat bouncedon bouncedate bouncetime bounceddate dateofbounce hardbounce hardbounced "
            + "ishardbounced hardbouncereason emailbounced isemailbounced emailbounceddate emailbouncedreason emailhardbouncereason bouncereason bouncedreason "
            + "bouncetype cleaned cleantime cleanedat cleaneddate cleanreason donotemail dontemail donotmail dontmail donotcontact dontcontact donotsend dontsend "
            + "donotsendemail donotsendemails donotmarket donotsendmarketing noemail noemails nomail nomails nomailing nomailings nocontact nomarketing suppressed "
            + "issuppressed suppressedat suppressedon suppresseddate suppression suppressionreason suppressiontype suppressiondate reasonforsuppression blocked "
            + "isblocked blacklist blacklisted emailblacklisted isblacklisted blocklist blocklisted emailblocklisted isblocklisted complained complaint complaints "
            + "complaintdate spamcomplaint spamreported reportedspam reportedasspam markedasspam isspam deceased erased removed isremoved"),
    }.SelectMany(one => one.Names.Split(' ').Select(name => (name, one.Use))).ToDictionary(StringComparer.Ordinal);

    private const string Place = "state";

    /// <summary>Null where no column is read as the address, or several are.</summary>
    public int? Email => Uses.Count(use => use == ColumnUse.Email) == 1 ? IndexOf(ColumnUse.Email) : null;

    /// <summary>Whether several columns may be read so: people say in more than one way that they want no mail, and each way counts.</summary>
    public static bool MayBeSeveral(ColumnUse use) => use is ColumnUse.LeftOut or ColumnUse.Status or ColumnUse.HasLeft;

    public int? IndexOf(ColumnUse use) => IndexesOf(use) is [var first, ..] ? first : null;

    public IReadOnlyList<int> IndexesOf(ColumnUse use) => [.. Enumerable.Range(0, Uses.Count).Where(i => Uses[i] == use)];

    /// <summary>By the names in the first row; without any, by what the first rows hold.</summary>
    /// <param name="first">The first rows, up to <see cref="RowsLookedAt"/>.</param>
    public static ListColumns Recognise(IReadOnlyList<ListRow> first)
    {
        if (first.Count == 0)
            return new ListColumns(false, []);
        var width = first.Max(row => row.Fields.Count);
        var rows = first.Skip(HeadingRow(first)).ToList();
        var named = rows[0].Fields.Select(UseOf).ToList();
        named.AddRange(Enumerable.Repeat(ColumnUse.LeftOut, width - named.Count));
        var hasHeader = !rows[0].Fields.Any(IsAddress) && named.Any(use => use != ColumnUse.LeftOut);
        var uses = new ColumnUse[width];
        if (hasHeader)
            for (var i = 0; i < width; i++)
                uses[i] = MayBeSeveral(named[i]) || named.IndexOf(named[i]) == i ? named[i] : ColumnUse.LeftOut;
        // Beside a status, a state is a part of somebody's postal address.
        var states = Enumerable.Range(0, rows[0].Fields.Count).Where(i => uses[i] == ColumnUse.Status && KeyOf(rows[0].Fields[i]) == Place).ToList();
        if (states.Count < uses.Count(use => use == ColumnUse.Status))
            foreach (var place in states)
                uses[place] = ColumnUse.LeftOut;
        if (!uses.Contains(ColumnUse.Email) && AddressColumn(rows, width) is { } column)
        {
            uses[column] = ColumnUse.Email;
            hasHeader |= !IsAddress(rows[0].Fields.ElementAtOrDefault(column));
            if (column == 0 && !hasHeader)
                for (var i = 1; i < Math.Min(3, width); i++)
                    uses[i] = i == 1 ? ColumnUse.Name : ColumnUse.Organisation;
        }

        // Both would say the same twice.
        if (uses.Contains(ColumnUse.Name))
            for (var i = 0; i < width; i++)
                if (uses[i] is ColumnUse.FirstName or ColumnUse.LastName)
                    uses[i] = ColumnUse.LeftOut;
        return new ListColumns(hasHeader, uses);
    }

    /// <summary>
    /// The place, among the first rows, of the one that names the columns: the first with the name of a column in which addresses stand below it,
    /// or else the one with the most names, of those with more cells than any title above them. Zero where there is none.
    /// </summary>
    public static int HeadingRow(IReadOnlyList<ListRow> first)
    {
        var rows = Enumerable.Range(0, Math.Min(first.Count, RowsOfHeadings)).Where(row => !first[row].Fields.Any(IsAddress) && Named(first[row]).Any()).ToList();
        return rows.Exists(row => NamesAddresses(first, row))
            ? rows.Find(row => NamesAddresses(first, row))
            : rows.Where(row => Filled(first[row]) > 1 && first.Take(row).All(above => Filled(above) < Filled(first[row])))
                .OrderByDescending(row => Named(first[row]).Count()).FirstOrDefault();
    }

    /// <summary>What stands above the headings, and is no row of a person; null for nothing.</summary>
    public LineRange? Above(IReadOnlyList<ListRow> first)
        => HasHeader && HeadingRow(first) is > 0 and var row ? new LineRange(first[0].Line, first[row].Line - 1) : null;

    private static bool NamesAddresses(IReadOnlyList<ListRow> first, int row)
        => Named(first[row]).Any(column => UseOf(first[row].Fields[column]) == ColumnUse.Email && first.Skip(row + 1).Any(below => IsAddress(below.Fields.ElementAtOrDefault(column))));

    private static IEnumerable<int> Named(ListRow row) => Enumerable.Range(0, row.Fields.Count).Where(column => UseOf(row.Fields[column]) != ColumnUse.LeftOut);

    private static int Filled(ListRow row) => row.Fields.Count(field => !string.IsNullOrWhiteSpace(field));

    private static ColumnUse UseOf(string header) => Names.GetValueOrDefault(KeyOf(header));

    /// <summary>What a heading says, without capitals and what stands between its letters.</summary>
    internal static string KeyOf(string header) => string.Concat(header.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static int? AddressColumn(IReadOnlyList<ListRow> first, int width)
    {
        var counts = Enumerable.Range(0, width).Select(column => first.Count(row => column < row.Fields.Count && IsAddress(row.Fields[column]))).ToList();
        var most = counts.Max();
        return most > 0 ? counts.IndexOf(most) : null;
    }

    private static bool IsAddress(string? field) => field?.Contains('@', StringComparison.Ordinal) == true && ListedAddress.TryParse(FormulaGuard.Removed(field), out _, out _, out _);
}
