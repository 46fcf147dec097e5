using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CordisPulse.Core.Data;

/// <summary>Both databases hold the time without a zone; what comes back is UTC, and nothing else may go in.</summary>
internal sealed class UtcDateTimeConverter() : ValueConverter<DateTime, DateTime>(
    time => time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time,
    time => DateTime.SpecifyKind(time, DateTimeKind.Utc));
