package check

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestGoName(t *testing.T) {
	for name, want := range map[string]string{
		"name": "Name", "customer_id": "CustomerID", "ids": "IDs", "id": "ID", "user_ids": "UserIDs", "ids_of": "IDsOf",
		"user-created": "UserCreated", "api-key": "APIKey", "api_keys": "APIKeys", "apis": "APIs", "apis_url": "APIsURL",
		"url": "URL", "urls": "URLs", "uri": "URI", "uris": "URIs", "http_server": "HTTPServer", "https": "HTTPS", "http2": "Http2",
		"dns": "DNS", "css": "CSS", "xss": "XSS", "tls": "TLS", "ts": "TS", "db": "DB", "dbs": "DBs", "ip": "IP", "ips": "IPs",
		"ui": "UI", "uis": "UIs", "vm": "VM", "vms": "VMs", "utf8": "UTF8", "utf8_text": "UTF8Text", "json_data": "JSONData",
		"uuid": "UUID", "uuids": "UUIDs", "guid": "GUID", "gid": "GID", "uid": "UID", "sms": "Sms", "acl": "ACL", "eof": "EOF",
		"ascii": "ASCII", "cpu": "CPU", "cpus": "CPUs", "html": "HTML", "qps": "QPS", "ram": "RAM", "rpc": "RPC", "rpcs": "RPCs",
		"sla": "SLA", "slas": "SLAs", "smtp": "SMTP", "sql": "SQL", "ssh": "SSH", "tcp": "TCP", "ttl": "TTL", "udp": "UDP",
		"xml": "XML", "xmpp": "XMPP", "xsrf": "XSRF", "sip": "SIP", "rtp": "RTP", "amqp": "AMQP",
		"line_2": "Line2", "a_b_c": "ABC", "a1_b2": "A1B2", "x": "X", "s": "S", "idea": "Idea", "identity": "Identity", "kids": "Kids",
		"paid": "Paid", "is_id": "IsID", "id_s": "IDS",
		"Line": "Line", "APIKey": "APIKey", "HttpServer": "HttpServer",
	} {
		assert.Equal(t, want, goName(name), name)
	}
}

func TestKebab(t *testing.T) {
	for name, want := range map[string]string{
		"User": "user", "OrderLine": "order-line", "APIKey": "api-key", "UserAPI": "user-api", "HTTPServer": "http-server",
		"A": "a", "AB": "ab", "ABc": "a-bc", "Phase2": "phase2", "Phase2Done": "phase2-done", "X9": "x9", "X9Y": "x9-y", "X9YZ": "x9-yz",
		"OrderClosed": "order-closed", "UserIDs": "user-i-ds", "aB": "a-b", "ID": "id", "MyIDCard": "my-id-card",
	} {
		assert.Equal(t, want, kebab(name), name)
	}
}

func TestKebabOfAGoNameComesBack(t *testing.T) {
	for _, key := range []string{"user-created", "api-key", "order-line-added", "a1-b", "url-changed", "http2-on"} {
		assert.Equal(t, key, kebab(goName(key)), key)
	}
}

func TestCases(t *testing.T) {
	tests := []struct {
		name                 string
		snake, kebab, pascal bool
	}{
		{"name", true, true, false}, {"a", true, true, false}, {"a1", true, true, false}, {"a_b", true, false, false},
		{"a-b", false, true, false}, {"a_1", true, false, false}, {"A", false, false, true}, {"Ab", false, false, true},
		{"APIKey", false, false, true}, {"A1", false, false, true}, {"aB", false, false, false}, {"A_b", false, false, false},
		{"A-b", false, false, false}, {"", false, false, false}, {"1a", false, false, false}, {"_a", false, false, false},
		{"a_", false, false, false}, {"a-", false, false, false}, {"a__b", false, false, false}, {"a--b", false, false, false},
		{"a_-b", false, false, false}, {"é", false, false, false}, {"É", false, false, false}, {"Aé", false, false, false},
	}
	for _, test := range tests {
		assert.Equal(t, test.snake, isSnake(test.name), "snake %q", test.name)
		assert.Equal(t, test.kebab, isKebab(test.name), "kebab %q", test.name)
		assert.Equal(t, test.pascal, isPascal(test.name), "pascal %q", test.name)
	}
}
