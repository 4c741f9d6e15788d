namespace ReleaseRecipes.Tests.Gates.Evidence;

/// <summary>Reports of load tests and benchmarks.</summary>
static class LoadSamples
{
    public static IReadOnlyList<Sample> All { get; } =
    [
        new(
            "k6",
            """
            {"metrics":{"http_reqs":{"count":200,"rate":49.9},"http_req_failed":{"passes":3,"fails":197,"value":0.015},"http_req_duration":{"avg":120.5,"min":2,"med":100,"max":900,"p(90)":200,"p(95)":350,"p(99.9)":880,"thresholds":{"p(95)<500":false}},"checks":{"passes":198,"fails":2,"value":0.99}},"root_group":{"name":""}}
            """,
            "check_rate=99% error_rate=1.5% failed_checks=2 max_response_time=900ms p50_response_time=100ms p90_response_time=200ms p95_response_time=350ms p999_response_time=880ms requests=200 response_time=120.5ms throughput=49.9"
        ),
        new(
            "k6",
            """
            {"root_group":{},"options":{},"state":{},"metrics":{"http_req_duration":{"type":"trend","contains":"time","values":{"avg":120,"p(95)":1350},"thresholds":{"p(95)<500":{"ok":false}}},"http_reqs":{"type":"counter","contains":"default","values":{"count":10,"rate":5}},"http_req_failed":{"type":"rate","contains":"default","values":{"rate":0,"passes":0,"fails":10}}}}
            """,
            "error_rate=0% p95_response_time=1.35s requests=10 response_time=120ms throughput=5"
        ),
        new(
            "JMeter JTL",
            """
            timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect
            1767603600000,100,Home,200,OK,Thread 1-1,text,true,,512,115,1,1,http://127.0.0.1/,99,0,1
            1767603600100,300,Home,500,"Internal, with ""quotes""
            and a line break",Thread 1-1,text,false,Test failed,512,115,1,1,http://127.0.0.1/,299,0,1
            1767603600400,200,Home,200,OK,Thread 1-1,text,true,,512,115,1,1,http://127.0.0.1/,199,0,1
            1767603601800,200,Home,200,OK,Thread 1-1,text,true,,512,115,1,1,http://127.0.0.1/,199,0,1

            """,
            "error_rate=25% max_response_time=300ms p50_response_time=200ms p90_response_time=300ms p95_response_time=300ms p99_response_time=300ms requests=4 response_time=200ms throughput=2"
        ),
        new(
            "JMeter XML",
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <testResults version="1.2">
            <httpSample t="100" lt="99" ts="1767603600000" s="true" lb="Home" rc="200"><httpSample t="50" ts="1767603600000" s="true"/></httpSample>
            <sample t="300" lt="0" ts="1767603600700" s="false" lb="Job" rc="500"/>
            </testResults>
            """,
            "error_rate=50% max_response_time=300ms p50_response_time=100ms p90_response_time=300ms p95_response_time=300ms p99_response_time=300ms requests=2 response_time=200ms throughput=2"
        ),
        new(
            "BenchmarkDotNet",
            """
            {"Title":"Parse-20260105","HostEnvironmentInfo":{"BenchmarkDotNetVersion":"0.14.0"},"Benchmarks":[{"FullName":"Parse.Small","Method":"Small","Statistics":{"N":15,"Mean":1500000.5,"Percentiles":{"P0":1,"P50":1400000,"P90":1600000,"P95":1700000,"P100":1800000}},"Memory":{"BytesAllocatedPerOperation":512}},{"FullName":"Parse.Large","Method":"Large","Statistics":{"N":15,"Mean":2500000,"Percentiles":{"P0":1,"P50":2400000,"P90":2600000,"P95":2700000,"P100":2800000}},"Memory":{"BytesAllocatedPerOperation":64}}]}
            """,
            "allocated_bytes=512 benchmarks=2 max_response_time=2.8ms p50_response_time=2.4ms p90_response_time=2.6ms p95_response_time=2.7ms response_time=2.5ms"
        ),
        new(
            "hey",
            """

            Summary:
              Total:	2.0000 secs
              Slowest:	0.0500 secs
              Fastest:	0.0010 secs
              Average:	0.0100 secs
              Requests/sec:	100.0000

            Latency distribution:
              50% in 0.0080 secs
              95% in 0.0300 secs
              99% in 0.0450 secs

            Status code distribution:
              [200]	190 responses
              [503]	8 responses

            Error distribution:
              [2]	Get "http://127.0.0.1:1/": dial tcp 127.0.0.1:1: connect: connection refused

            """,
            "error_rate=5% max_response_time=50ms p50_response_time=8ms p95_response_time=30ms p99_response_time=45ms requests=200 response_time=10ms throughput=100"
        ),
        new(
            "wrk",
            """
            Running 10s test @ http://127.0.0.1:8080/
              2 threads and 10 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
                Latency     1.50ms  500.00us  20.10ms   90.00%
                Req/Sec     3.00k   200.00     3.50k    70.00%
              Latency Distribution
                 50%    1.20ms
                 99%  900.00us
              990 requests in 10.00s, 1.00MB read
              Socket errors: connect 0, read 4, write 0, timeout 6
              Non-2xx or 3xx responses: 40
            Requests/sec:     99.00
            Transfer/sec:    100.00KB

            """,
            "error_rate=5% max_response_time=20.1ms p50_response_time=1.2ms p99_response_time=0.9ms requests=1000 response_time=1.5ms throughput=99"
        ),
    ];
}
