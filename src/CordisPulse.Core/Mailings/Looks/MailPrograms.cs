using System.Text.Json;
using System.Text.Json.Serialization;

namespace CordisPulse.Core.Mailings.Looks;

/// <summary>The programs that a look at the mail imitates and what each does with a mail, from <c>mail-programs.json</c>.</summary>
public static class MailPrograms
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter<DarkMode>() } };

    private static readonly Lazy<Known> All = new(Read);

    /// <summary>Where the rules come from.</summary>
    public static string Source => All.Value.Source;

    /// <summary>The first is the one that changes least.</summary>
    public static IReadOnlyList<MailProgram> Programs => All.Value.Programs;

    public static IReadOnlyList<MailFeature> Features => All.Value.Features;

    /// <summary>The first when there is none with this key.</summary>
    public static MailProgram Find(string? key) => Programs.FirstOrDefault(program => program.Key == key) ?? Programs[0];

    public static MailFeature? OfProperty(string property) => All.Value.ByProperty.GetValueOrDefault(property);

    private static Known Read()
    {
        using var file = typeof(MailPrograms).Assembly.GetManifestResourceStream("Mailings/mail-programs.json")!;
        return JsonSerializer.Deserialize<Known>(file, Json)!;
    }

    private sealed record Known(string Source, IReadOnlyList<MailProgram> Programs, IReadOnlyList<MailFeature> Features)
    {
        public IReadOnlyDictionary<string, MailFeature> ByProperty { get; } = Features
            .SelectMany(feature => feature.Properties, (feature, property) => (feature, property))
            .ToDictionary(pair => pair.property, pair => pair.feature);
    }
}
