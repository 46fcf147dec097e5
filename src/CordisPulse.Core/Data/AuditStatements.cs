using System.Linq.Expressions;
using CordisPulse.Core.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CordisPulse.Core.Data;

/// <summary>
/// Of the statements on the audit record that go round the unit of work, and so round <see cref="AuditGuard"/>, lets the retention's removal
/// alone pass, which says what it is.
/// </summary>
internal sealed class AuditStatements : IQueryExpressionInterceptor
{
    /// <summary>One for all contexts: EF Core builds its services anew for each of these that it has not seen.</summary>
    public static readonly AuditStatements Instance = new();

    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData)
    {
        if (queryExpression is MethodCallExpression { Method.Name: nameof(EntityFrameworkQueryableExtensions.ExecuteUpdate) or nameof(EntityFrameworkQueryableExtensions.ExecuteDelete) } call
            && call.Arguments[0].Type.GenericTypeArguments is [var changed] && changed == typeof(AuditEntry) && !IsRetention(call))
            throw AuditGuard.Refusal();
        return queryExpression;
    }

    private static bool IsRetention(MethodCallExpression call)
    {
        for (var step = call; call.Method.Name == nameof(EntityFrameworkQueryableExtensions.ExecuteDelete) && step is not null; step = step.Arguments[0] as MethodCallExpression)
            if (step.Method.Name == nameof(EntityFrameworkQueryableExtensions.TagWith) && step.Arguments[1] is ConstantExpression { Value: AuditEntry.Retention })
                return true;
        return false;
    }
}
