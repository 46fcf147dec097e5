using System.Net;
using System.Text;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Subscriptions.Lists;
using CordisPulse.Tests.Builders;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.SubscriberImports;

/// <summary>Files as programs save them, and files that mean harm: each is read or refused in words, and adds nobody before somebody says so.</summary>
public sealed class ListFileTests(ListFileTests.ListApp app) : IClassFixture<ListFileTests.ListApp>
{
    private static readonly Encoding Windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private static readonly Dictionary<string, (byte[] File, string Encoding, string Separator, int Line)> Readable = new()
    {
        ["UTF-8 with its mark"] = ([.. Encoding.UTF8.Preamble, .. Utf8("E-mail,Full name\nzoe@file.example,Zoë\n")], "UTF-8", "Comma", 2),
        ["semicolons, CR LF"] = (Utf8("Name;E-Mail Address\r\nZoë;zoe@file.example\r\n"), "UTF-8", "Semicolon", 2),
        ["tabs, as Excel's Unicode text"] = ([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("Email\tName\r\nzoe@file.example\tZoë\r\n")], "UTF-16", "Tab", 2),
        ["UTF-16 without its mark"] = (Encoding.Unicode.GetBytes("email,name\r\nzoe@file.example,Zoë\r\n"), "UTF-16", "Comma", 2),
        ["UTF-16 the other way round"] = (Encoding.BigEndianUnicode.GetBytes("email,name\r\nzoe@file.example,Zoë\r\n"), "UTF-16 (big-endian)", "Comma", 2),
        ["Windows-1252, as Excel saves CSV"] = (Windows.GetBytes("email;name\r\nzoe@file.example;Zoë\r\n"), "Windows-1252", "Semicolon", 2),
        ["vertical bars"] = (Utf8("email|name\nzoe@file.example|Zoë\n"), "UTF-8", "Vertical bar", 2),
        ["Excel's own first line"] = (Utf8("sep=;\nemail;name\nzoe@file.example;Zoë\n"), "UTF-8", "Semicolon", 3),
        ["mixed ends of lines and empty lines"] = (Utf8("\n\r\nemail,name\r\r\n,\nzoe@file.example,Zoë"), "UTF-8", "Comma", 6),
        ["first and last name"] = (Utf8("Surname,First name,Email\n,Zoë,zoe@file.example\n"), "UTF-8", "Comma", 2),
        ["no header"] = (Utf8("zoe@file.example,Zoë\n"), "UTF-8", "Comma", 1),
        ["headings that nobody knows"] = (Utf8("Contact,x\nzoe@file.example,\n"), "UTF-8", "Comma", 2),
        ["quotes, a line break and a NUL in the name"] = (Utf8("email,name\nzoe@file.example,\" Z\0oë\n\"\n"), "UTF-8", "Comma", 2),
        ["100 columns"] = (Utf8($"{string.Join(',', Enumerable.Range(1, 99))},email\n{new string(',', 99)}zoe@file.example\n"), "UTF-8", "Comma", 2),
        ["a formula, as the export guards it"] = (Utf8("email,name\nzoe@file.example,'=1+1\n"), "UTF-8", "Comma", 2),
    };

    private static readonly Dictionary<string, (byte[] File, string Says)> Refused = new()
    {
        ["rows that are all hidden"] = (new MadeWorkbook { Rows = $"""<row r="1" hidden="1">{MadeWorkbook.Text("A1", "a@hidden.example")}</row>""" }.ToBytes(), "Hidden rows and sheets are left out"),
        ["nothing"] = ([], "The file is empty"),
        ["empty lines"] = (Utf8("\n\n,,,\n"), "The file is empty"),
        ["an unclosed quote"] = (Utf8("email\na@file.example\n\"b@file.example\n"), "Line 3 opens a quotation mark that is never closed"),
        ["10 MB in one field"] = (Utf8("email,name\na@file.example," + new string('x', 10_000_000) + "\n"), "Line 2 goes on for more than"),
        ["10 MB of an unclosed quote"] = (Utf8("email,name\na@file.example,\"" + string.Concat(Enumerable.Repeat("b@file.example,\n", 700_000))), "never closed"),
        ["300 columns"] = (Utf8($"email{new string(',', 300)}\n"), "Line 1 has more than 200 columns"),
        ["a picture"] = ([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, .. new byte[500]], "data of another program"),
        ["random bytes"] = (RandomBytes(4096), "data of another program"),
        ["a few random bytes"] = (RandomBytes(120), "data of another program"),
        ["zeros in the midst"] = (Utf8("email,name\r\na@file.example,A\r\nb@fi\0\0\0\0le.example,B\r\nc@file.example\0\0\0\r\n"), "Line 3 holds characters that no list has"),
        ["zeros from some line on"] = (Utf8("email,name\n" + string.Concat(Enumerable.Repeat("a@file.example,A\n", 300)) + new string('\0', 4000)), "Line 302 holds characters that no list has"),
        ["zeros in a third of the file"] = (Utf8("email\na@file.example\n" + new string('\0', 15) + "b@file.example\n"), "Line 3 holds characters that no list has"),
        ["control characters"] = (Utf8("email\n" + string.Concat(Enumerable.Repeat("a\u0001\u0002@file.example\n", 20))), "data of another program"),
        ["a PDF"] = (Utf8("%PDF-1.7\n"), "This is a PDF file"),
        ["an old workbook"] = ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]], "of the old kind (.xls)"),
        ["a cut workbook"] = (new MadeWorkbook().ToBytes()[..500], "can't be read"),
        ["a zip of something else"] = ([.. "PK\u0005\u0006"u8, .. new byte[18]], "can't be read"),
        ["no sheet that is seen"] = (new MadeWorkbook { Sheets = """<sheet name="a" sheetId="1" state="hidden" r:id="rId1"/>""" }.ToBytes(), "Hidden rows and sheets are left out"),
        ["an empty sheet"] = (new MadeWorkbook { Rows = "" }.ToBytes(), "No sheet of this workbook holds anything"),
        ["entities that multiply"] = (new MadeWorkbook { Prolog = """<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>""" }.ToBytes(), "can't be read"),
        ["a cell far to the right"] = (new MadeWorkbook { Rows = $"<row>{MadeWorkbook.Text("A1", "email")}{MadeWorkbook.Text("XFD1", "x")}</row>" }.ToBytes(), "more than 200 columns"),
        ["a cell that is nowhere"] = (new MadeWorkbook { Rows = $"<row>{MadeWorkbook.Text("ZZZZZZZZZZ1", "x")}</row>" }.ToBytes(), "more than 200 columns"),
        ["a row that is nowhere"] = (new MadeWorkbook { Rows = $"""<row r="2000000000">{MadeWorkbook.Text("A1", "x")}</row>""" }.ToBytes(), "can't be read"),
        ["rows in disorder"] = (new MadeWorkbook { Rows = $"""<row r="5">{MadeWorkbook.Text("A5", "x")}</row><row r="5">{MadeWorkbook.Text("A5", "y")}</row>""" }.ToBytes(), "can't be read"),
        ["depth"] = (new MadeWorkbook { Rows = string.Concat(Enumerable.Repeat("<a>", 5000)) + string.Concat(Enumerable.Repeat("</a>", 5000)) }.ToBytes(), "can't be read"),
        ["a tag of megabytes"] = (new MadeWorkbook { Rows = $"<row a=\"{new string('x', 3_000_000)}\"/>" }.ToBytes(), "can't be read"),
        ["names without end"] = (new MadeWorkbook { Rows = string.Concat(Enumerable.Range(0, 30_000).Select(i => $"<n{i}/>")) }.ToBytes(), "can't be read"),
        ["texts without end"] = (new MadeWorkbook { Shared = string.Concat(Enumerable.Repeat("<si/>", 4_100_000)) }.ToBytes(), "more text than any list"),
    };

    public static TheoryData<string> ReadableFiles => [.. Readable.Keys];

    public static TheoryData<string> RefusedFiles => [.. Refused.Keys];

    [Theory]
    [MemberData(nameof(ReadableFiles))]
    public async Task A_list_is_read_as_its_program_wrote_it(string name)
    {
        var publisher = await app.PublisherAsync();
        var (file, encoding, separator, line) = Readable[name];

        var preview = await publisher.UploadAsync(app, file);

        Assert.Equal(("1", "0", "0", "0"), preview.Counts());
        Assert.Equal((encoding, separator), (preview.One("#Encoding option[selected]").TextContent, preview.One("#Separator option[selected]").TextContent));
        Assert.Equal(($"{line}", "zoe@file.example"), (preview.One("#first tbody th").TextContent, preview.One("#first tbody td").TextContent));
        Assert.Contains(preview.One("#first tbody td:nth-of-type(2)").TextContent, (string[])["Zoë", "Z oë", "=1+1", ""]);
        Assert.False(await app.QueryAsync(db => db.Subscribers.AnyAsync(row => row.NormalizedEmail == "zoe@file.example")));
    }

    [Theory]
    [MemberData(nameof(RefusedFiles))]
    public async Task What_can_not_be_read_is_refused_in_words_and_nothing_of_it_is_kept(string name)
    {
        var publisher = await app.PublisherAsync();

        var answer = await publisher.UploadAsync(app, Refused[name].File);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(Refused[name].Says, answer.One("#Form_File-error").TextContent, StringComparison.Ordinal);
        var left = await app.QueryAsync(async db => (
            Arriving: await db.ListImports.CountAsync(row => row.State == ListImportState.Arriving),
            Parts: await db.ListImportParts.CountAsync(part => !db.ListImports.Any(row => row.Id == part.ImportId && row.State == ListImportState.Waiting))));
        Assert.Equal((0, 0), left);
    }

    [Fact]
    public async Task Who_left_by_the_lists_own_word_stays_out_and_a_missing_quotation_mark_swallows_nobody()
    {
        var file = Path.Combine(app.Directory, "left.csv");
        await File.WriteAllTextAsync(file, """
            email,name,Unsubscribed,Opt-in
            stays@left.example,Stays,No,Yes
            left@left.example,Left,Yes,Yes
            dated@left.example,Dated,2024-03-01,Yes
            never@left.example,Never,,No
            opens@left.example,"Ann,No,Yes
            swallowed@left.example,"Bob",No,Yes
            """);
        var import = await Commands.PulseCommand.RunAsync(app, "subscriber", "import", file, "--consent", "A list");
        Assert.Contains("1 added, 0 already there, 0 suppressed, 4 rejected", import.Output, StringComparison.Ordinal);
        Assert.Contains("line 3 rejected: The list says that this person has left.", import.Output, StringComparison.Ordinal);
        Assert.Contains("A quotation mark is missing", import.Output, StringComparison.Ordinal);
        Assert.False(await app.QueryAsync(db => db.Subscribers.AnyAsync(row => row.Domain == "left.example" && row.NormalizedEmail != "stays@left.example")));
    }

    [Theory]
    [InlineData("Email,Unsubscribed,Do not email,Bounced", "no,yes,no", "no,no,yes", "yes,no,no", "no,no,no")]
    [InlineData("Email,Unsubscribed,unsubscribed,Unsubscribed", "no,yes,no", "no,no,yes", "yes,no,no", ",,")]
    [InlineData("Email,Status,Marketing consent,Opt-out", "active,no,", "left,yes,", "active,yes,2024-03-01", "active,yes,no")]
    [InlineData("Email,Marketing consent,Status,Opt-in", ",active,yes", "yes,active,", "yes,cleaned,yes", "yes,subscribed,yes")]
    public async Task Each_column_that_keeps_people_out_counts(string headings, string first, string second, string third, string wanted)
    {
        var publisher = await app.PublisherAsync();

        var preview = await publisher.UploadAsync(app, Utf8($"{headings}\nt1@several.example,{first}\nt2@several.example,{second}\nt3@several.example,{third}\nt4@several.example,{wanted}\n"));

        Assert.Equal(("1", "0", "0", "3"), preview.Counts());
        Assert.Equal("t4@several.example", preview.One("#first td[data-label=Address]").TextContent);
        // Read so once more, as it is shown, nothing is lost of it.
        Assert.Equal(("1", "0", "0", "3"), (await publisher.ReadAsync(preview, [])).Counts());
    }

    [Fact]
    public async Task Several_columns_can_be_chosen_to_keep_people_out_and_one_alone_for_each_other_use()
    {
        var publisher = await app.PublisherAsync();
        var preview = await publisher.UploadAsync(app, Utf8("Email,Name,x,y,z,Name\nv1@chosen.example,Ann,yes,,yes,Bob\nv2@chosen.example,Ann,,2024-01-02,yes,Bob\nv3@chosen.example,Ann,,,no,Bob\nv4@chosen.example,Ann,no,,yes,Bob\n"));
        Assert.Equal(("4", "0", "0", "0"), preview.Counts());
        Assert.Equal("Left out", preview.One("#Columns_5 option[selected]").TextContent);

        var twice = await publisher.SubmitAsync(preview, new() { ["Columns[2]"] = nameof(ColumnUse.Name) }, "#list", "#read");
        Assert.Contains("Two columns are read as name", twice.One("#Columns-error").TextContent, StringComparison.Ordinal);
        var chosen = new Dictionary<string, string?> { ["Columns[2]"] = nameof(ColumnUse.HasLeft), ["Columns[3]"] = nameof(ColumnUse.HasLeft), ["Columns[4]"] = nameof(ColumnUse.Status) };
        var read = await publisher.ReadAsync(preview, chosen);

        Assert.Equal(("1", "0", "0", "3"), read.Counts());
        Assert.Equal(["Has left", "Has left", "Status"], read.Texts("#Columns_2 option[selected], #Columns_3 option[selected], #Columns_4 option[selected]"));
        await publisher.ConfirmAsync(read);
        Assert.Equal(["v4@chosen.example"], await app.QueryAsync(db => db.Subscribers.Where(row => row.Domain == "chosen.example").Select(row => row.NormalizedEmail!).ToListAsync()));
    }

    [Theory]
    [InlineData("Do not contact", "yes", "no")]
    [InlineData("Don’t contact", "Y", "")]
    [InlineData("NO E-MAILS", "TRUE", "FALSE")]
    [InlineData("suppressed", "1", "0")]
    [InlineData("GDPR opt out", "x", "")]
    [InlineData("Opt-out date", "01/02/2024", "")]
    [InlineData("UNSUB_TIME", "2024-02-01 10:00:00", "0000-00-00 00:00:00")]
    [InlineData("Unsubscribe Time", "2024-02-01 10:00:00", "")]
    [InlineData("OPTOUT_TIME", "2024-02-01 10:00:00", "")]
    [InlineData("CLEAN_TIME", "2024-02-01 10:00:00", "")]
    [InlineData("Email Opt Out", "1", "0")]
    [InlineData("HasOptedOutOfEmail", "true", "false")]
    [InlineData("EmailBouncedDate", "2024-02-01", "")]
    [InlineData("Unsubscribed from all email", "true", "")]
    [InlineData("Email hard bounce reason", "UNKNOWN_USER", "")]
    [InlineData("EMAIL_BLACKLISTED", "yes", "no")]
    [InlineData("Email Status", "Cleaned", "Subscribed")]
    [InlineData("Email status", "Unsubscribed", "Active")]
    [InlineData("Subscription status", "Opted out", "Opted in")]
    [InlineData("Email permission status", "Unsubscribed", "Express")]
    [InlineData("Opt-in", "no", "yes")]
    [InlineData("Marketing permissions", "", "Granted")]
    [InlineData("Accepts Email Marketing", "no", "yes")]
    [InlineData("OK to e-mail?", "", "yes")]
    public async Task What_other_programs_and_people_call_a_column_that_keeps_people_out_is_known(string heading, string kept, string wanted)
    {
        var publisher = await app.PublisherAsync();

        var preview = await publisher.UploadAsync(app, Utf8($"Email,{heading}\nn1@known.example,{kept}\nn2@known.example,{wanted}\n"));

        Assert.Equal(("1", "0", "0", "1"), preview.Counts());
        Assert.Equal("2", preview.One("#rejected-lines tbody th").TextContent);
        Assert.Null(preview.Document.QuerySelector("#warnings a"));
    }

    [Fact]
    public async Task A_state_is_a_place_beside_a_status_and_a_status_alone()
    {
        var publisher = await app.PublisherAsync();
        Assert.Equal(("1", "0", "0", "1"), (await publisher.UploadAsync(app, Utf8("Email,Status,State\ns1@state.example,active,Texas\ns2@state.example,left,Ohio\n"))).Counts());
        Assert.Equal(("1", "0", "0", "1"), (await publisher.UploadAsync(app, Utf8("Email,State\ns1@state.example,active\ns2@state.example,left\n"))).Counts());
    }

    [Fact]
    public async Task A_column_that_is_left_out_and_may_tell_who_is_not_to_be_mailed_is_pointed_out()
    {
        var publisher = await app.PublisherAsync();
        const string List = "Email,Digest,Preferred contact,Contact owner,Town,Newsletter consent given on,Spam score,VIP\n"
            + "d1@doubt.example,Yes,post,Jo,Leeds,2024-01-01,,\nd2@doubt.example,no,,Jo,York,,,\nd3@doubt.example,NO,mail,Jo,Hull,2024-01-01,,-\n";

        var preview = await publisher.UploadAsync(app, Utf8(List));

        Assert.Equal(
            [
                "The column “Digest” is left out and says yes and no. If it tells who may be mailed, choose below what it is.",
                "The column “Preferred contact” is left out. If it tells who may be mailed, choose below what it is.",
                "The column “Newsletter consent given on” is left out. If it tells who may be mailed, choose below what it is.",
            ],
            preview.Texts("#warnings li:has(a)"));
        Assert.NotNull(preview.Document.QuerySelector(preview.One("#warnings a").GetAttribute("href")!));
        var read = await publisher.ReadAsync(preview, new() { ["Columns[1]"] = nameof(ColumnUse.Status) });
        Assert.Equal(("1", "0", "0", "2"), read.Counts());
        Assert.DoesNotContain("“Digest”", read.One("#warnings").TextContent, StringComparison.Ordinal);
        // Where no line names the columns, its place does.
        var unnamed = await publisher.UploadAsync(app, Utf8("d4@doubt.example,Ann,House,ja\nd5@doubt.example,Bob,House,nein\n"));
        Assert.StartsWith("Column 4 is left out and says ja and nein.", unnamed.One("#warnings li:has(a)").TextContent, StringComparison.Ordinal);
        var file = Path.Combine(app.Directory, "doubt.csv");
        await File.WriteAllTextAsync(file, List);
        var import = await Commands.PulseCommand.RunAsync(app, "subscriber", "import", file, "--consent", "A list");
        Assert.Contains("  The column “Digest” is left out and says yes and no. If it tells who may be mailed, take this import back in the editor", import.Output, StringComparison.Ordinal);
        // What lies in the folder of the data from here on is the program's own.
        File.Delete(file);
    }

    [Theory]
    [InlineData("Spring conference 2024\n\n", "E-mail,Vorname,Nachname,Organisation,Opted out", ',', 3, "Lines 1 to 2 above the headings are left out.")]
    [InlineData("Spring conference, London, 2024;;;;\n;;;;\n", "E-mail;Vorname;Nachname;Organisation;Opted out", ';', 3, "Lines 1 to 2 above the headings are left out.")]
    [InlineData("Spring conference, London, 2024\n", "E-mail;Vorname;Nachname;Organisation;Opted out", ';', 2, "Line 1 above the headings is left out.")]
    [InlineData("\nMade by,events@above.example\nOn,1 March\n\n", "Mail of delegate,Name,x,Organisation,Opted out", ',', 5, "Lines 2 to 4 above the headings are left out.")]
    [InlineData("Status,Final\n", "Delegate,Name,x,y,Opted out", ',', 2, "Line 1 above the headings is left out.")]
    [InlineData("Subscribed\n", "Delegate,x,y,z,Opted out", ',', 2, "Line 1 above the headings is left out.")]
    [InlineData("\nMade by,events@above.example\n", "Email,x,y,z,Unsubscribed", ',', 3, "Line 2 above the headings is left out.")]
    public async Task Headings_are_found_below_a_title_and_what_stands_above_is_left_out(string above, string headings, char separator, int line, string says)
    {
        var publisher = await app.PublisherAsync();
        var rows = string.Concat(((string[])["x1@above.example,Ann,Smith,House,no", "x2@above.example,Bob,Smith,House,yes", "x3@above.example,Cy,Smith,House,"]).Select(row => $"{row.Replace(',', separator)}\n"));

        var preview = await publisher.UploadAsync(app, Utf8($"{above}{headings}\n{rows}"));

        Assert.Equal(("2", "0", "0", "1"), preview.Counts());
        Assert.Equal(says, preview.One("#above-headings").TextContent.Trim());
        Assert.Equal([$"{line + 1}", $"{line + 2}", $"{line + 3}"], preview.Texts("#first tbody th"));
        Assert.Equal($"{line + 2}", preview.One("#rejected-lines tbody th").TextContent);
        Assert.StartsWith($"Line {line} names the columns", preview.Texts("label.check").Single(label => label.Contains("names the columns", StringComparison.Ordinal)).Trim(), StringComparison.Ordinal);
        Assert.EndsWith(headings.Split(separator)[4], preview.One("label[for=Columns_4]").TextContent, StringComparison.Ordinal);
        // Whoever says that no line names them has all lines read.
        var unnamed = await publisher.ReadAsync(preview, new() { ["HasHeader"] = null });
        Assert.Null(unnamed.Document.QuerySelector("#above-headings"));
    }

    [Fact]
    public async Task Headings_of_a_sheet_and_of_the_command_line_are_found_below_a_title()
    {
        var publisher = await app.PublisherAsync();
        var made = new MadeWorkbook
        {
            Rows = $"""
                <row r="1">{MadeWorkbook.Text("B1", "Spring conference 2024")}</row>
                <row r="3">{MadeWorkbook.Text("B3", "E-mail")}{MadeWorkbook.Text("C3", "Opted out")}</row>
                <row r="4">{MadeWorkbook.Text("B4", "y1@above.example")}{MadeWorkbook.Text("C4", "no")}</row>
                <row r="6">{MadeWorkbook.Text("B6", "y2@above.example")}{MadeWorkbook.Text("C6", "yes")}</row>
                """,
        };

        var preview = await publisher.UploadAsync(app, made.ToBytes(), "delegates.xlsx");

        Assert.Equal(("1", "0", "0", "1"), preview.Counts());
        Assert.Equal("Lines 1 to 2 above the headings are left out.", preview.One("#above-headings").TextContent.Trim());
        Assert.Equal("6", preview.One("#rejected-lines tbody th").TextContent);
        var file = Path.Combine(app.Directory, "titled.xlsx");
        await File.WriteAllBytesAsync(file, made.ToBytes());
        var import = await Commands.PulseCommand.RunAsync(app, "subscriber", "import", file, "--consent", "A list");
        Assert.Contains("1 added, 0 already there, 0 suppressed, 1 rejected", import.Output, StringComparison.Ordinal);
        Assert.Contains("  lines 1 to 2 above the headings are left out", import.Output, StringComparison.Ordinal);
        Assert.Contains("line 6 rejected: The list says that this person has left.", import.Output, StringComparison.Ordinal);
        // What lies in the folder of the data from here on is the program's own.
        File.Delete(file);
    }

    [Fact]
    public async Task No_file_is_told_at_the_field()
    {
        var publisher = await app.PublisherAsync();
        var answer = await publisher.SubmitAsync(await publisher.GetAsync(ListPage.Root), [], "#import");
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("Choose a CSV file", answer.One("#Form_File-error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_line_that_holds_nobody_is_rejected_with_its_number_and_why()
    {
        var publisher = await app.PublisherAsync();
        (string Line, string Says)[] lines =
        [
            ("\"a@file.example\r\nBcc: b@file.example\"", "one line"), ("a@b@file.example", "not an e-mail address"), ("a(comment)@file.example", "not an e-mail address"),
            (new string('a', 300) + "@file.example", "before the @"), ("a\0@file.example", "one line"), (",No Address", "There is no e-mail address"), ("=1+1", "not an e-mail address"),
            ($"c@file.example,{new string('x', 301)}", "more than 300"), ("d@file.example,,,Gardening", "named that does not exist"), ("e@file.example,,,,unsubscribed", "not active"), ("f@file.example", "says nothing of this person"),
        ];

        var preview = await publisher.UploadAsync(app, Utf8("email,name,organisation,sectors,status\n" + string.Join('\n', lines.Select(line => line.Line)) + "\nlast@file.example,,,,active"));

        Assert.Equal(("1", "0", "0", $"{lines.Length}"), preview.Counts());
        Assert.Equal(["2", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13"], preview.Texts("#rejected-lines tbody th"));
        Assert.All(preview.Texts("#rejected-lines td[data-label=Why]").Zip(lines), pair => Assert.Contains(pair.Second.Says, pair.First, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_is_taken_out_of_what_mail_programs_write_around_it()
    {
        var publisher = await app.PublisherAsync();
        (string Cell, string Name, string Address, string ReadName)[] lines =
        [
            ("Ann Smith <ann@named.example>", "", "ann@named.example", "Ann Smith"),
            ("Ann Smith <ann2@named.example>", "Dr Smith", "ann2@named.example", "Dr Smith"),
            ("\"Smith, Ann (HR)\" <ann3@named.example>", "", "ann3@named.example", "Smith, Ann (HR)"),
            ("Smith, Ann <ann4@named.example>", "", "ann4@named.example", "Smith, Ann"),
            ("=?utf-8?q?Zo=C3=AB?= <zoe@named.example>", "", "zoe@named.example", "Zoë"),
            ("Zoë O’Neil<zoe2@NAMED.example>", "", "zoe2@NAMED.example", "Zoë O’Neil"),
            ("<bare@named.example>", "", "bare@named.example", ""),
            ("same@named.example <same@named.example>", "", "same@named.example", ""),
            ("mailto:link@named.example", "Link", "link@named.example", "Link"),
            ("MAILTO:a%2Bb@named.example?subject=Hello", "", "a+b@named.example", ""),
        ];

        var preview = await publisher.UploadAsync(app, Utf8("Contact,Full name\n" + string.Join('\n', lines.Select(line => $"\"{line.Cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\",{line.Name}"))));

        Assert.Equal(("10", "0", "0", "0"), preview.Counts());
        Assert.Equal(lines.Select(line => line.Address), preview.Texts("#first td[data-label=Address]"));
        Assert.Equal(lines.Select(line => line.ReadName), preview.Texts("#first td[data-label=Name]"));
    }

    [Fact]
    public async Task What_stands_around_an_address_hides_nothing_and_a_second_address_is_never_lost()
    {
        var publisher = await app.PublisherAsync();
        (string Cell, string Says)[] lines =
        [
            ("Ann <a@file.example>\r\nBcc: b@file.example", "one line"), ("mailto:a@file.example%0D%0ABcc:b@file.example", "one line"), ("Ann <a@b@file.example>", "not an e-mail address"),
            ("a@file.example (Ann)", "not an e-mail address"), ("Ann (Council) <a@file.example>", "not an e-mail address"), ("Ann <a(comment)@file.example>", "not an e-mail address"),
            ("<@relay.example:a@file.example>", "not an e-mail address"), ("Ann <a@file.example", "not an e-mail address"), ("Ann <ann>", "not an e-mail address"), ("mailto:", "not an e-mail address"),
            ("a@file.example; b@file.example", "Two addresses stand in one cell"), ("Ann <a@file.example>, Bob <b@file.example>", "Two addresses stand in one cell"),
            ("a@file.example / b@file.example", "Two addresses stand in one cell"), ("mailto:a@file.example,b@file.example", "Two addresses stand in one cell"),
            ("Us: a@file.example, b@file.example;", "Two addresses stand in one cell"), ("b@file.example <a@file.example>", "Two addresses stand in one cell"),
        ];

        var preview = await publisher.UploadAsync(app, Utf8("name,email\n" + string.Concat(lines.Select(line => $"x,\"{line.Cell}\"\n"))));

        Assert.Equal($"{lines.Length}", preview.One("#rejected").TextContent);
        Assert.All(preview.Texts("#rejected-lines td[data-label=Why]").Zip(lines), pair => Assert.True(pair.First.Contains(pair.Second.Says, StringComparison.Ordinal), $"{pair.Second.Cell}: {pair.First}"));
    }

    [Theory]
    [InlineData("email\na@apart.example; b@apart.example\nc@apart.example\n", "1", "1")]
    [InlineData("a@apart.example; b@apart.example\nc@apart.example\n", "1", "1")]
    [InlineData("email;private\na@apart.example;b@apart.example\nc@apart.example;\n", "2", "0")]
    public async Task Two_addresses_that_fall_apart_into_columns_are_told_unless_a_heading_says_what_the_second_is(string file, string added, string rejected)
    {
        var publisher = await app.PublisherAsync();

        var preview = await publisher.UploadAsync(app, Utf8(file));

        Assert.Equal((added, "0", "0", rejected), preview.Counts());
        Assert.All(preview.Texts("#rejected-lines td[data-label=Why]"), why => Assert.Contains("Write one line for each person", why, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_list_that_breaks_off_deep_down_says_where_and_can_not_be_imported()
    {
        var publisher = await app.PublisherAsync();
        var good = string.Concat(Enumerable.Range(1, 300).Select(i => $"deep{i}@file.example\n"));

        var preview = await publisher.UploadAsync(app, Utf8($"{good}\"open\n"));

        Assert.Contains("Line 301 opens a quotation mark", preview.One("#problem").TextContent, StringComparison.Ordinal);
        Assert.Null(preview.Document.QuerySelector("#confirm"));
        // In the wrong letters it says so, and stays as it was.
        var windows = await publisher.UploadAsync(app, Windows.GetBytes("email,name\nzoe@file.example,Zoë\n"));
        var answer = await publisher.SubmitAsync(windows, new() { ["Encoding"] = nameof(ListEncoding.Utf8) }, "#list", "#read");
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("not UTF-8 text", answer.One(".error-summary").TextContent, StringComparison.Ordinal);
        Assert.Equal("Windows-1252", (await publisher.GetAsync(windows.Path)).One("#Encoding option[selected]").TextContent);
    }

    [Fact]
    public async Task Of_a_hundred_columns_a_dozen_are_shown_at_once_and_each_can_be_chosen()
    {
        var publisher = await app.PublisherAsync();
        var names = string.Join(',', Enumerable.Range(1, 99).Select(i => $"Field {i}"));

        var preview = await publisher.UploadAsync(app, Utf8($"{names},email\n{string.Join(',', Enumerable.Range(1, 99).Select(i => $"v{i}"))},zoe@wide.example\n"));

        Assert.Equal(12, preview.Document.QuerySelectorAll("#Columns select[name^=Columns]").Length);
        Assert.Equal("Column 100: email", preview.One("label[for=Columns_99]").TextContent);
        Assert.NotNull(preview.Document.QuerySelector("#Columns #Columns_99"));
        Assert.Contains("The list has 100 columns.", preview.One("#columns-shown").TextContent, StringComparison.Ordinal);
        Assert.Equal("The other 88, which are left out", preview.One("#more-columns summary").TextContent);
        Assert.Equal(88, preview.Document.QuerySelectorAll("#more-columns select[name^=Columns]").Length);
        // One from behind the fold is read, and then stands among those that are shown.
        var read = await publisher.SettledAsync(await publisher.FollowAsync(await publisher.SubmitAsync(preview, new() { ["Columns[76]"] = nameof(ColumnUse.Name) }, "#list", "#read")));
        Assert.Equal("v77", read.One("#first tbody td:nth-of-type(2)").TextContent);
        Assert.NotNull(read.Document.QuerySelector("#Columns #Columns_76"));
        Assert.Equal(12, read.Document.QuerySelectorAll("#Columns select[name^=Columns]").Length);
    }

    [Fact]
    public async Task A_workbook_is_read_as_it_looks_in_Excel()
    {
        var publisher = await app.PublisherAsync();
        var made = new MadeWorkbook
        {
            Sheets = """<sheet name="Secret" sheetId="1" state="veryHidden" r:id="rId1"/><sheet name="Notes" sheetId="2" r:id="rId2"/><sheet name="Delegates" sheetId="3" r:id="rId3"/>""",
            Rows = $"""<row r="1">{MadeWorkbook.Text("A1", "hidden@file.example")}</row>""",
            MoreSheets =
            [
                $"""<row r="1">{MadeWorkbook.Text("A1", "Nothing here")}</row>""",
                $"""
                <row r="3"><c r="B3" t="s"><v>0</v></c><c r="C3" t="s"><v>1</v></c>{MadeWorkbook.Text("D3", "Organisation")}</row>
                <row r="4"><c r="B4" t="str"><f>"made"&amp;"@file.example"</f><v>made@file.example</v></c><c r="C4" t="s"><v>2</v></c><c r="D4" s="1"><v>44627</v></c></row>
                <row r="6"><c r="B6" t="str"><f>NOW()</f></c><c r="C6" t="e"><v>#REF!</v></c><c r="D6"><v>12.5</v></c></row>
                <row r="7">{MadeWorkbook.Text("B7", "seven@file.example")}<c r="C7" t="b"><v>1</v></c><c r="D7" t="s"><v>99999</v></c></row>
                """,
            ],
            Shared = "<si><t>Email</t></si><si><t>Name</t></si><si><r><t>Zoë</t></r><r><t xml:space=\"preserve\"> Smith</t></r><rPh><t>spoken</t></rPh></si>",
            Styles = """<numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs>""",
        };

        var notes = await publisher.UploadAsync(app, made.ToBytes(), "delegates.xlsx");
        Assert.True(notes.Status == HttpStatusCode.OK, notes.Html);
        Assert.Equal(["Notes", "Delegates"], notes.Texts("#Sheet option"));
        Assert.Contains("Choose the column that holds the e-mail addresses", notes.One("#problem").TextContent, StringComparison.Ordinal);
        var preview = await publisher.SettledAsync(await publisher.FollowAsync(await publisher.SubmitAsync(notes, new() { ["Sheet"] = "1" }, "#list", "#read")));

        Assert.Equal(("2", "0", "0", "1"), preview.Counts());
        Assert.Equal(["4", "6", "7"], preview.Texts("#first tbody th"));
        Assert.Equal(["made@file.example", "Zoë Smith", "2022-03-07", "12.5There is no e-mail address.", "seven@file.example", "TRUE", ""], preview.Texts("#first tbody td"));
    }

    [Fact]
    public async Task Rows_that_Excel_hides_are_left_out_and_told()
    {
        var publisher = await app.PublisherAsync();
        var made = new MadeWorkbook
        {
            Sheets = """<sheet name="Chosen" sheetId="1" r:id="rId1"/><sheet name="All" sheetId="2" r:id="rId2"/>""",
            Rows = $"""
                <row r="1">{MadeWorkbook.Text("A1", "email")}</row>
                <row r="2" hidden="1">{MadeWorkbook.Text("A2", "filtered@hidden.example")}</row>
                <row r="3">{MadeWorkbook.Text("A3", "seen@hidden.example")}</row>
                <row r="4" hidden="true">{MadeWorkbook.Text("A4", "folded@hidden.example")}</row>
                <row r="5" hidden="1"><c r="A5"/></row>
                <row r="6" hidden="0">{MadeWorkbook.Text("A6", "shown@hidden.example")}</row>
                """,
            MoreSheets = [$"""<row r="1">{MadeWorkbook.Text("A1", "else@hidden.example")}</row>"""],
        };

        var preview = await publisher.UploadAsync(app, made.ToBytes(), "filtered.xlsx");

        Assert.Equal(["seen@hidden.example", "shown@hidden.example"], preview.Texts("#first td[data-label=Address]"));
        Assert.Equal(["3", "6"], preview.Texts("#first tbody th"));
        Assert.StartsWith("2 rows that Excel hides", preview.One("#hidden-rows").TextContent.Trim(), StringComparison.Ordinal);
        Assert.Contains("upload it again", preview.One("#hidden-rows").TextContent, StringComparison.Ordinal);
        var other = await publisher.ReadAsync(preview, new() { ["Sheet"] = "1" });
        Assert.Null(other.Document.QuerySelector("#hidden-rows"));
        var report = await publisher.ConfirmAsync(await publisher.ReadAsync(other, new() { ["Sheet"] = "0" }));
        Assert.Contains("2 rows that Excel hides", report.One("#basis").TextContent, StringComparison.Ordinal);
        Assert.Equal(["seen@hidden.example", "shown@hidden.example"], await app.QueryAsync(db => db.Subscribers.Where(row => row.Domain == "hidden.example").Select(row => row.NormalizedEmail!).Order().ToListAsync()));

        var file = Path.Combine(app.Directory, "filtered.xlsx");
        await File.WriteAllBytesAsync(file, made.ToBytes());
        var import = await Commands.PulseCommand.RunAsync(app, "subscriber", "import", file, "--consent", "A list");
        Assert.Contains("0 added, 2 already there", import.Output, StringComparison.Ordinal);
        Assert.Contains("left out: 2 rows that are hidden in the workbook", import.Output, StringComparison.Ordinal);
        // What lies in the folder of the data from here on is the program's own.
        File.Delete(file);
    }

    [Fact]
    public async Task A_workbook_of_another_program_is_read()
    {
        var publisher = await app.PublisherAsync();
        using var file = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            var sheet = workbook.AddNewPart<WorksheetPart>();
            sheet.Worksheet = new Worksheet(new SheetData(
                new Row(Cell("email"), Cell("name")), new Row(Cell("ann@file.example"), Cell("Ann")), new Row(Cell("bob@file.example"), Cell("Bob"))));
            workbook.Workbook = new DocumentFormat.OpenXml.Spreadsheet.Workbook(new Sheets(new Sheet { Id = workbook.GetIdOfPart(sheet), SheetId = 1, Name = "People" }));
        }

        var preview = await publisher.UploadAsync(app, file.ToArray(), "people.csv");

        Assert.Equal(("2", "0", "0", "0"), preview.Counts());
        Assert.Equal(["Ann", "Bob"], preview.Texts("#first tbody td:nth-of-type(2)"));

        static Cell Cell(string text) => new() { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(text)) };
    }

    private static byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        new Random(7).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>With one publisher for all files: signing in takes longer than reading most of them.</summary>
    public sealed class ListApp : PulseApp
    {
        private Task<Visitor>? _publisher;

        public Task<Visitor> PublisherAsync() => _publisher ??= SignInAsync(Roles.Publisher);
    }
}
