namespace ReleaseRecipes.Tests.Gates.Evidence;

/// <summary>Reports of scanners. Each of them has a finding.</summary>
static class ScanSamples
{
    public static IReadOnlyList<Sample> All { get; } =
    [
        new(
            "SARIF",
            """
            {"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"tool":{"driver":{"name":"CodeQL","rules":[
              {"id":"js/sql-injection","defaultConfiguration":{"level":"error"},"properties":{"tags":["security"],"security-severity":"8.8"}},
              {"id":"js/eval","properties":{"security-severity":"9.3"}}]}},
              "results":[
              {"ruleId":"js/sql-injection","ruleIndex":0,"message":{"text":"query"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"a.js"},"region":{"startLine":3}}}]},
              {"ruleIndex":1,"level":"warning","message":{"text":"eval"}},
              {"ruleId":"js/eval","kind":"pass","message":{"text":"fine"}},
              {"ruleId":"js/eval","message":{"text":"accepted"},"suppressions":[{"kind":"inSource"}]}]}]}
            """,
            "critical_vulnerabilities=1 errors=1 high_vulnerabilities=1 low_vulnerabilities=0 medium_vulnerabilities=0 notes=0 vulnerabilities=2 warnings=1"
        ),
        new(
            "SARIF",
            """
            {"version":"2.1.0","runs":[{"tool":{"driver":{"name":"ESLint","rules":[]}},"results":[{"ruleId":"no-eval","level":"error","message":{"text":"x"}}]}]}
            """,
            "errors=1 notes=0 unrated_vulnerabilities=1 vulnerabilities=1 warnings=0"
        ),
        new(
            "npm audit",
            """
            {"auditReportVersion":2,"vulnerabilities":{"lodash":{"name":"lodash","severity":"high","isDirect":true,"via":[{"source":1,"title":"Prototype Pollution"}],"effects":[],"range":"<4.17.21","nodes":["node_modules/lodash"],"fixAvailable":true}},"metadata":{"vulnerabilities":{"info":0,"low":0,"moderate":0,"high":1,"critical":0,"total":1},"dependencies":{"prod":2,"total":1}}}
            """,
            "critical_vulnerabilities=0 high_vulnerabilities=1 low_vulnerabilities=0 medium_vulnerabilities=0 vulnerabilities=1"
        ),
        new(
            "yarn audit",
            """
            {"type":"auditAdvisory","data":{"resolution":{"id":1325,"path":"handlebars"},"advisory":{"id":1325,"title":"Prototype Pollution","severity":"high"}}}
            {"type":"auditSummary","data":{"vulnerabilities":{"info":0,"low":0,"moderate":0,"high":1,"critical":0},"dependencies":47,"totalDependencies":47}}
            """,
            "critical_vulnerabilities=0 high_vulnerabilities=1 low_vulnerabilities=0 medium_vulnerabilities=0 vulnerabilities=1"
        ),
        new(
            "yarn audit",
            """
            {"value":"lodash","children":{"ID":1106913,"Issue":"Command Injection","URL":"https://example.com/1","Severity":"high","Vulnerable Versions":"<4.17.21"}}
            """,
            "critical_vulnerabilities=0 high_vulnerabilities=1 low_vulnerabilities=0 medium_vulnerabilities=0 vulnerabilities=1"
        ),
        new(
            "dotnet list package",
            """
            {"version":1,"parameters":"--vulnerable --include-transitive","sources":["https://example.com/v3/index.json"],"projects":[{"path":"/repository/a.csproj","frameworks":[{"framework":"net10.0","topLevelPackages":[{"id":"Newtonsoft.Json","requestedVersion":"12.0.1","resolvedVersion":"12.0.1","vulnerabilities":[{"severity":"High","advisoryurl":"https://example.com/1"}]}],"transitivePackages":[{"id":"Old","resolvedVersion":"1.0.0","vulnerabilities":[{"severity":"Moderate","advisoryurl":"https://example.com/2"}]}]}]},{"path":"/repository/b.csproj","frameworks":[{"framework":"net10.0","transitivePackages":[{"id":"Old","resolvedVersion":"1.0.0","vulnerabilities":[{"severity":"Moderate","advisoryurl":"https://example.com/2"}]}]}]}]}
            """,
            "critical_vulnerabilities=0 high_vulnerabilities=1 low_vulnerabilities=0 medium_vulnerabilities=1 vulnerabilities=2"
        ),
        new(
            "pip-audit",
            """
            {"dependencies":[{"name":"flask","version":"0.5","vulns":[{"id":"PYSEC-2019-179","fix_versions":["1.0"],"aliases":["CVE-2019-1010083"],"description":"x"}]},{"name":"jinja2","version":"3.0","vulns":[]},{"name":"own","skip_reason":"not on the index"}],"fixes":[]}
            """,
            "unrated_vulnerabilities=1 vulnerabilities=1"
        ),
        new(
            "safety",
            """
            {"report_meta":{"scan_target":"files","vulnerabilities_found":2},"scanned_packages":{},"vulnerabilities":[{"vulnerability_id":"44742","package_name":"django","severity":{"source":"CVE-1","cvssv3":{"base_score":9.8,"base_severity":"CRITICAL"}}},{"vulnerability_id":"2","package_name":"x","severity":{"cvssv3":{"base_score":4.1}}}],"ignored_vulnerabilities":[]}
            """,
            "critical_vulnerabilities=1 high_vulnerabilities=0 low_vulnerabilities=0 medium_vulnerabilities=1 vulnerabilities=2"
        ),
        new(
            "safety",
            """
            {"meta":{"scan_type":"scan"},"scan_results":{"projects":[{"files":[{"results":{"dependencies":[{"name":"django","specifications":[{"raw":"django==2.2","vulnerabilities":{"known_vulnerabilities":[{"id":"44742","ignored":null},{"id":"3","ignored":{"code":"manual"}}]}}]}]}}]}]}}
            """,
            "unrated_vulnerabilities=1 vulnerabilities=1"
        ),
        new(
            "bandit",
            """
            {"errors":[],"generated_at":"2026-01-05T09:00:00Z","metrics":{"_totals":{"SEVERITY.HIGH":1,"SEVERITY.LOW":1}},"results":[{"code":"1 eval(x)","filename":"./a.py","issue_confidence":"HIGH","issue_severity":"HIGH","line_number":1,"test_id":"B307"},{"filename":"./a.py","issue_severity":"LOW","line_number":2,"test_id":"B101"}]}
            """,
            "critical_vulnerabilities=0 high_vulnerabilities=1 low_vulnerabilities=1 medium_vulnerabilities=0 vulnerabilities=2"
        ),
        new(
            "gosec",
            """
            {"Golang errors":{},"Issues":[{"severity":"MEDIUM","confidence":"HIGH","cwe":{"id":"327"},"rule_id":"G401","details":"weak","file":"/repository/main.go","code":"md5","line":"9","column":"7"}],"Stats":{"files":1,"lines":12,"nosec":0,"found":1},"GosecVersion":"2.20.0"}
            """,
            "critical_vulnerabilities=0 high_vulnerabilities=0 low_vulnerabilities=0 medium_vulnerabilities=1 vulnerabilities=1"
        ),
        new(
            "govulncheck",
            """
            {"config":{"protocol_version":"v1.0.0","scanner_name":"govulncheck","scan_level":"symbol"}}
            {"progress":{"message":"Scanning"}}
            {"osv":{"id":"GO-2021-0113","summary":"x"}}
            {"finding":{"osv":"GO-2021-0113","fixed_version":"v0.3.7","trace":[{"module":"golang.org/x/text","version":"v0.3.5"}]}}
            {"finding":{"osv":"GO-2021-0113","trace":[{"module":"golang.org/x/text","package":"language","function":"Parse"}]}}
            {"finding":{"osv":"GO-2020-0015","trace":[{"module":"golang.org/x/text"}]}}
            """,
            "unrated_vulnerabilities=1 vulnerabilities=1"
        ),
        new(
            "cargo audit",
            """
            {"database":{"advisory-count":500},"lockfile":{"dependency-count":9},"settings":{},"vulnerabilities":{"found":true,"count":2,"list":[{"advisory":{"id":"RUSTSEC-2020-0071","package":"time","cvss":"CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:H"},"package":{"name":"time","version":"0.1.44"}},{"advisory":{"id":"RUSTSEC-2021-0003","package":"smallvec","cvss":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"},"package":{"name":"smallvec","version":"1.6.0"}}]},"warnings":{}}
            """,
            "critical_vulnerabilities=1 high_vulnerabilities=0 low_vulnerabilities=0 medium_vulnerabilities=1 vulnerabilities=2"
        ),
    ];
}
