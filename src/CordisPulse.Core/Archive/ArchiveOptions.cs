using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Archive;

public sealed class ArchiveOptions
{
    public const string Section = "Archive";

    /// <summary>What a node spends on published pages that are ready to be sent.</summary>
    public int MemoryMegabytes { get; set; } = 64;
}

internal sealed class ArchiveOptionsValidator : IValidateOptions<ArchiveOptions>
{
    private const int Most = 16 * 1024;

    public ValidateOptionsResult Validate(string? name, ArchiveOptions options)
        => options.MemoryMegabytes is >= 1 and <= Most
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Archive:MemoryMegabytes is {options.MemoryMegabytes}; it must be between 1 and {Most}.");
}
