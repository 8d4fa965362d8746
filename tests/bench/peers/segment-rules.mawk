BEGIN { FS = OFS = "," }
NR == 1 { print $0, "segment"; next }
{
    label = $2 >= 5000 && $3 <= 90 ? "best" : $4 == 1 && $3 <= 30 ? "new" : $4 >= 10 && $3 > 180 ? "slipping" : \
        $6 != "CN" && $2 > 1000 ? "abroad" : "rest"
    print $0, label
}
