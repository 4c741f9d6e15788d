namespace ReleaseRecipes.Tests.Gates.Evidence;

/// <summary>Reports of coverage.</summary>
static class CoverageSamples
{
    public static IReadOnlyList<Sample> All { get; } =
    [
        new(
            "Cobertura",
            """
            <?xml version="1.0" encoding="utf-8"?>
            <!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">
            <coverage line-rate="0.75" branch-rate="0.5" version="1.9" timestamp="1767603600" lines-covered="3" lines-valid="4" branches-covered="1" branches-valid="2">
              <sources><source>/repository/src/</source></sources>
              <packages><package name="Shop" line-rate="0.75" branch-rate="0.5" complexity="3"><classes>
                <class name="Shop.Cart" filename="Shop/Cart.cs" line-rate="0.75" branch-rate="0.5" complexity="3">
                  <methods><method name="Add" signature="()" line-rate="1" branch-rate="1"><lines><line number="5" hits="1" branch="False" /></lines></method></methods>
                  <lines>
                    <line number="5" hits="1" branch="False" />
                    <line number="6" hits="12" branch="True" condition-coverage="50% (1/2)"><conditions><condition number="0" type="jump" coverage="50%" /></conditions></line>
                    <line number="7" hits="5000000000" branch="False" />
                    <line number="9" hits="0" branch="False" />
                  </lines>
                </class></classes></package></packages>
            </coverage>
            """,
            "branch_coverage=50% coverage=75%"
        ),
        new(
            "lcov",
            """
            TN:
            SF:src/cart.js
            FN:1,add
            FNDA:4,add
            FNF:1
            FNH:1
            DA:1,4
            DA:2,0,Zm9v
            DA:3,1e3
            BRDA:1,0,0,4
            BRDA:1,0,1,-
            BRF:2
            BRH:1
            LF:3
            LH:2
            end_of_record

            """,
            "branch_coverage=50% coverage=66.67%"
        ),
        new(
            "JaCoCo",
            """
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?><!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd"><report name="shop"><sessioninfo id="ci-1" start="1" dump="2"/><package name="com/example"><class name="com/example/Cart" sourcefilename="Cart.java"><method name="add" desc="()V" line="3"><counter type="LINE" missed="1" covered="2"/></method></class><sourcefile name="Cart.java"><line nr="3" mi="0" ci="3" mb="0" cb="0"/><line nr="4" mi="2" ci="1" mb="1" cb="3"/><line nr="5" mi="4" ci="0" mb="0" cb="0"/><counter type="LINE" missed="1" covered="2"/></sourcefile></package><counter type="LINE" missed="1" covered="2"/></report>
            """,
            "branch_coverage=75% coverage=66.67%"
        ),
        new(
            "Istanbul summary",
            """
            {"total":{"lines":{"total":8,"covered":6,"skipped":0,"pct":75},"statements":{"total":9,"covered":6,"skipped":0,"pct":66.66},"functions":{"total":2,"covered":2,"skipped":0,"pct":100},"branches":{"total":4,"covered":1,"skipped":0,"pct":25},"branchesTrue":{"total":0,"covered":0,"skipped":0,"pct":"Unknown"}},"/repository/a.js":{"lines":{"total":8,"covered":6,"skipped":0,"pct":75}}}
            """,
            "branch_coverage=25% coverage=75%"
        ),
        new(
            "Go cover profile",
            """
            mode: set
            example.com/shop/cart.go:3.24,5.2 3 1
            example.com/shop/cart.go:7.24,9.2 1 0
            example.com/shop/cart.go:7.24,9.2 1 0

            """,
            "coverage=75%"
        ),
    ];
}
